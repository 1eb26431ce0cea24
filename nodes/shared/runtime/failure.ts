/** Anything thrown as an Error, as `done` takes it. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
