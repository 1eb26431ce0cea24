interface Patience {
  readonly timeoutMs?: number;
  /** What is awaited, for the error; asked when the time is over. */
  readonly what: () => string;
  readonly everyMs?: number;
}

/** Resolves as soon as the condition holds, and rejects when it still does not after `timeoutMs` (5,000 if not given). */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { timeoutMs = 5000, what, everyMs = 10 }: Patience,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`After ${timeoutMs} ms still waiting for ${what()}.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
