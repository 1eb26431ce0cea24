/** The most that the records of one list hold together, in characters of JSON: a message holds them all, and nodes copy it. */
export const LARGEST_LIST = 16_000_000;
