/** Reads payloads of survey systems as the node does, without Node-RED. */
import type { RecordProperty } from '../../src/survey/record-property.ts';
import { compileSource, type ReadPayload, type SourceSettings } from '../../src/survey/sources/sources.ts';

export interface ReadOptions extends SourceSettings {
  /** Other properties of the message. */
  readonly message?: object;
  /** What a mapping found, by property. */
  readonly mapped?: Readonly<Record<string, unknown>>;
}

/** Reads one payload; `mapped` also makes the mapping that would find it. */
export function readPayload(
  payload: unknown,
  { message, mapped = {}, ...settings }: ReadOptions,
): ReadPayload {
  const rows = Object.keys(mapped).map((property) => ({ property, value: 'payload', valueType: 'msg' }));
  const source = compileSource(rows.length === 0 ? settings : { ...settings, map: rows });
  const values = new Map(Object.entries(mapped) as [RecordProperty, unknown][]);
  return source.read({ payload, message: { ...message, payload } }, values);
}
