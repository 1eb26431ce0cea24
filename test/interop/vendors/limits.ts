/** Why many of them cannot do it with bytes that are no text. */
export const TEXT_ONLY = 'It makes a text of the bytes before it signs them.';
