/** The most that the properties (or the response) of one record hold, in characters of JSON: they are read and written with each change. */
export const LARGEST_RECORD = 1_000_000;
