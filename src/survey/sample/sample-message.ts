import { compileFormat } from '../formats/formats.ts';
import { wrapServiceNow } from '../formats/servicenow-wrap.ts';
import type { SurveyResponse } from '../survey-response.ts';
import type { SampleFormat } from './sample-format.ts';
import { sampleResponse } from './sample-response.ts';

/** A message as a flow would hand it to an out node. */
export interface SampleMessage {
  readonly payload: unknown;
  readonly survey: SurveyResponse;
  readonly webhookId: string;
  /** What its target wants with it, as a format gives it; absent where it wants nothing. */
  readonly target?: unknown;
}

/** A sample as a target of that format takes it. `id` is its webhook id; `now` is epoch ms. */
export function sampleMessage(
  format: SampleFormat,
  { id, now }: { readonly id: string; readonly now: number },
): SampleMessage {
  const survey = sampleResponse({ id, now });
  const message = { payload: {}, survey, webhookId: id };
  const isOrder = format === 'servicenow-order';
  const write = compileFormat({ format: isOrder ? 'cio-pulse' : format });
  const { payload, target } = write({ survey, message });
  return { ...message, payload: isOrder ? wrapServiceNow(payload) : payload, target };
}
