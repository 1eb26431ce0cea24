import type { Tone } from '../metric.ts';
import type { Source } from './source.ts';

/** What the colours of a thermometer say. */
const TONES: ReadonlyMap<string, Tone> = new Map<string, Tone>([
  ['gold', 'good'],
  ['green', 'good'],
  ['yellow', 'neutral'],
  ['red', 'bad'],
]);

/** A rating such as `gold`, `Gold star` or `red light`. */
const COLOUR = /^\s{0,9}(gold|green|yellow|red)\b/i;

/** Customer Thermometer, whose payload is not published: a mapping says where everything is. */
export const customerThermometer: Source = {
  title: 'Customer Thermometer',
  needsMap: 'the payload of Customer Thermometer is not published',
  find: (_, { measuring }) => ({ measuring, values: {} }),
  toneOf: (rating) => TONES.get(COLOUR.exec(rating)?.[1]?.toLowerCase() ?? '') ?? null,
};
