/** Anything thrown as an Error, as `done` takes it. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** What a call gives, or what it throws, as a value. */
export function attempt<Result>(call: () => Result): Result | Error {
  try {
    return call();
  } catch (error) {
    return asError(error);
  }
}
