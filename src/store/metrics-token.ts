/** A shorter one could be found by trying. */
export const SHORTEST_METRICS_TOKEN = 16;

/** Whether a text is long enough for a token, and can be sent as one (RFC 6750 section 2.1). */
export const isMetricsToken = (text: string): boolean =>
  text.length >= SHORTEST_METRICS_TOKEN && /^[-._~+/0-9a-z]+=*$/i.test(text);
