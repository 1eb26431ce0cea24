/** Whether a text is a success rule: `2xx`, `200` or a list such as `200,201,204`. */
export const isSuccessRule = (text: string): boolean =>
  /^\s*(?:2xx|[1-5]\d\d(?:\s*,\s*[1-5]\d\d)*)\s*$/i.test(text);
