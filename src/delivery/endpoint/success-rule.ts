/** Which status codes are a success: any 2xx, or just those listed. */
export type SuccessRule =
  { readonly kind: '2xx' } | { readonly kind: 'list'; readonly codes: readonly number[] };

/** The rule of `2xx`, `200` or `200,201,204`; undefined if it is none of these. */
export function parseSuccessRule(text: string): SuccessRule | undefined {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  if (words.length === 1 && words[0] === '2xx') return { kind: '2xx' };
  return words.every((word) => /^[1-5]\d\d$/.test(word))
    ? { kind: 'list', codes: words.map(Number) }
    : undefined;
}

/** Whether an answer with this status code is a success. */
export const isSuccess = (rule: SuccessRule, statusCode: number): boolean =>
  rule.kind === '2xx' ? statusCode >= 200 && statusCode < 300 : rule.codes.includes(statusCode);
