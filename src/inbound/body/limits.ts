/** The deepest nesting of a body. Copying a message overflows the stack near 3,000 levels. */
export const DEEPEST = 100;
/** The most fields of a request, at all levels together, and the most parts of a form. */
export const MOST_FIELDS = 1000;
/** The largest body where the hook does not say otherwise: Kustomer's limit, 400 KB. */
export const BODY_LIMIT = 400 * 1024;
/** The longest a whole body may take, however steadily it trickles in. */
export const BODY_DEADLINE_MS = 30_000;
/** The longest that nothing of a body that is on its way may come. */
export const BODY_IDLE_MS = 10_000;
