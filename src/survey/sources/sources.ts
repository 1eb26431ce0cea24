import { HookError } from '../../errors.ts';
import type { Violation } from '../../violation.ts';
import { checkFactors } from '../factor-rule.ts';
import type { SurveyResponse } from '../survey-response.ts';
import { isCioPulse, readCioPulse } from './cio-pulse.ts';

/** A payload that was read, and where it contradicts itself. */
export interface ReadResponse {
  readonly response: SurveyResponse;
  readonly violations: readonly Violation[];
}

/**
 * Reads the payload of one source. Throws HOOK_MESSAGE_UNREADABLE where that is not what the payload is.
 */
export type ReadSource = (payload: unknown) => ReadResponse;

const SOURCES: Readonly<Record<string, ReadSource>> = { auto: readAny, 'cio-pulse': readChecked };

/** How the source of a setting is read. Throws HOOK_CONFIG_INVALID for one that is not known. */
export function sourceOf(setting: string): ReadSource {
  const read = Object.hasOwn(SOURCES, setting) ? SOURCES[setting] : undefined;
  if (read) return read;
  throw new HookError('HOOK_CONFIG_INVALID', `The source must be one of ${Object.keys(SOURCES).join(', ')}.`);
}

function readChecked(payload: unknown): ReadResponse {
  const response = readCioPulse(payload);
  return { response, violations: checkFactors(response) };
}

function readAny(payload: unknown): ReadResponse {
  if (isCioPulse(payload)) return readChecked(payload);
  throw new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    'The payload is a survey response of no known source: a CIOPulse survey has Response_ID, Response_Datetime_UTC and Overall.',
  );
}
