const EVENTS = [
  'nodes:add',
  'nodes:change',
  'nodes:remove',
  'links:add',
  'links:remove',
  'flows:change',
] as const;

/** Tells of each change of the canvas that may change what feeds what. Returns what ends it. */
export function followCanvas(tell: () => void): () => void {
  for (const event of EVENTS) RED.events.on(event, tell);
  return () => {
    for (const event of EVENTS) RED.events.off(event, tell);
  };
}
