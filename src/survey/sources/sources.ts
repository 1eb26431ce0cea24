import { HookError } from '../../errors.ts';
import { parseMeasuring, type MeasuringSettings } from '../measuring.ts';
import { cioPulse } from './cio-pulse.ts';
import { customerThermometer } from './customer-thermometer.ts';
import { customergauge } from './customergauge.ts';
import { delighted } from './delighted.ts';
import { generic } from './generic.ts';
import { parseMap, type MapRow } from './map-row.ts';
import { readResponse, type MappedValues, type ReadRequest, type ReadResponse } from './read-response.ts';
import type { Source, SourceInput, SourceRules } from './source.ts';
import { typeform } from './typeform.ts';

/** The survey systems that can be read, in the order in which a payload's shape is compared. */
const SOURCES = {
  'cio-pulse': cioPulse,
  delighted,
  typeform,
  customergauge,
  'customer-thermometer': customerThermometer,
  generic,
} as const satisfies Readonly<Record<string, Source>>;

export type SourceId = keyof typeof SOURCES;

/** How a flow wants survey responses to be read, as it holds it. */
export interface SourceSettings extends MeasuringSettings {
  /** `auto` = by the payload's shape, also where it is empty. */
  readonly source?: unknown;
  /** A list of `{property, value, valueType}`. */
  readonly map?: unknown;
  /** Names of experience factors, as a list or with commas; empty = the source's own. */
  readonly factors?: unknown;
}

export interface ReadPayload extends ReadResponse {
  /** What the payload was taken for, where its shape had to tell. */
  readonly recognisedAs?: SourceId;
}

/** A source that is ready for use. */
export interface CompiledSource {
  /** The rows of the mapping whose values whoever calls has to find in the message. */
  readonly mappedRows: readonly MapRow[];
  /** Throws HOOK_MESSAGE_UNREADABLE, naming everything that cannot be read. */
  readonly read: (input: SourceInput, mapped?: MappedValues) => ReadPayload;
}

/** More than any survey has. */
const MOST_FACTORS = 200;

/** Makes settings ready for use. Throws HOOK_CONFIG_INVALID with what a person has to change. */
export function compileSource(settings: SourceSettings): CompiledSource {
  const setting = parseSource(settings.source);
  const map = parseMap(settings.map);
  const rules = { map, measuring: parseMeasuring(settings), factors: parseFactors(settings.factors) };
  if (setting !== 'auto') requireMap(SOURCES[setting], rules);
  if (setting !== 'typeform') refuseAnswers(map);
  return {
    mappedRows: map.filter(({ valueType }) => valueType !== 'answer'),
    read: (input, mapped = new Map()) => {
      if (setting !== 'auto') return readAs(setting, { input, rules, mapped });
      const recognisedAs = recognise(input);
      return { recognisedAs, ...readAs(recognisedAs, { input, rules, mapped }) };
    },
  };
}

function readAs(
  sourceName: SourceId,
  request: Pick<ReadRequest, 'input' | 'rules' | 'mapped'>,
): ReadResponse {
  const source = SOURCES[sourceName];
  if (source.needsMap !== undefined) requireValue(request.mapped);
  return readResponse({ source, sourceName, ...request });
}

function parseSource(setting: unknown): SourceId | 'auto' {
  if (setting === undefined || setting === null || setting === '' || setting === 'auto') return 'auto';
  if (typeof setting === 'string' && Object.hasOwn(SOURCES, setting)) return setting as SourceId;
  throw invalid(`The source must be one of auto, ${Object.keys(SOURCES).join(', ')}.`);
}

function requireMap({ title, needsMap }: Source, { map }: SourceRules): void {
  if (needsMap === undefined || map.length > 0) return;
  throw invalid(
    `The source "${title}" needs a mapping, since ${needsMap}: say where in the message score, comment and the rest are.`,
  );
}

/** A message that has nothing of what is mapped is not what the mapping was made for. */
function requireValue(mapped: MappedValues): void {
  if ([...mapped.values()].some((value) => value !== undefined)) return;
  throw new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    'The mapping finds none of its values in this message, so this is no survey response.',
  );
}

function refuseAnswers(map: readonly MapRow[]): void {
  const row = map.find(({ valueType }) => valueType === 'answer');
  if (row)
    throw invalid(`The mapping takes ${row.property} from an answer, which only the source typeform has.`);
}

function parseFactors(setting: unknown): string[] {
  if (setting === undefined || setting === null || setting === '') return [];
  const list: unknown = typeof setting === 'string' ? setting.split(/[,;\n]/) : setting;
  if (!Array.isArray(list) || !list.every((name) => typeof name === 'string'))
    throw invalid('The factors must be names, as a list or with commas between them.');
  const names = [...new Set(list.map((name) => name.trim()).filter((name) => name !== ''))];
  if (names.includes('__proto__')) throw invalid('No factor can be called __proto__.');
  if (names.length > MOST_FACTORS) throw invalid(`There can be at most ${MOST_FACTORS} factors.`);
  return names;
}

function recognise(input: SourceInput): SourceId {
  const found = (Object.keys(SOURCES) as SourceId[]).find((id) => SOURCES[id].recognises?.(input));
  if (found !== undefined) return found;
  throw new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    'The payload is a survey response of no known source. Known are CIOPulse (Response_ID, Response_Datetime_UTC and Overall), CustomerGauge (Sent Date and Response Date), Delighted (event_type and event_data) and Typeform (event_type and form_response); for others choose the source and map its values.',
  );
}

const invalid = (message: string): HookError => new HookError('HOOK_CONFIG_INVALID', message);
