/** A port as it looks inside a worker thread, where a blocking call holds nobody up. */
export type Synchronous<Port> = {
  [Method in keyof Port]: Port[Method] extends (...given: infer Given) => Promise<infer Answer>
    ? (...given: Given) => Answer
    : never;
};

type Argument<Method> = Method extends (...given: infer Given) => unknown ? Given[0] : never;

/** One call of a port as a message. */
export type Call<Port> = {
  [Method in keyof Port]: { readonly method: Method; readonly argument: Argument<Port[Method]> };
}[keyof Port];

/** Makes the call on the port. */
export function perform<Port>(port: Synchronous<Port>, { method, argument }: Call<Port>): unknown {
  // The type of a call pairs each method with its argument; TypeScript loses the pair when it is taken apart.
  return (port[method] as (argument: unknown) => unknown)(argument);
}
