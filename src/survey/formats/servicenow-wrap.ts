/**
 * Wraps a body as ServiceNow's `order_now` takes it: `{"sysparm_quantity":"1","variables":{…}}`, made as text around the
 * body's own JSON (CIOPulse, "Payload"; ServiceNow Service Catalog API). Throws a TypeError, in words for people, where the
 * body is no JSON object.
 */
export function wrapServiceNow(body: unknown): string {
  const json = jsonOf(body);
  if (!isObject(json)) throw new TypeError('The ServiceNow wrap takes an object, and the payload is none.');
  return `{"sysparm_quantity":"1","variables":${json}}`;
}

function jsonOf(body: unknown): string {
  if (typeof body === 'string') return body.trim();
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8').trim();
  // The declared type forgets that undefined has no JSON.
  return (JSON.stringify(body)) ?? '';
}

function isObject(json: string): boolean {
  if (!json.startsWith('{')) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}
