import type { Request } from 'express';
import { encodeContent } from '../../../../src/delivery/content.ts';
import type { Endpoint } from '../../../../src/delivery/endpoint/endpoint.ts';
import { readMessageHeaders } from '../../../../src/delivery/message-headers.ts';
import type { TestSample } from '../../../../src/delivery/test-fire/test-fire.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { newTestWebhookId } from '../../../../src/platform/ids.ts';
import {
  formatForPlace,
  SAMPLE_FORMATS,
  type SampleFormat,
} from '../../../../src/survey/sample/sample-format.ts';
import { sampleMessage } from '../../../../src/survey/sample/sample-message.ts';
import type { EngineHost } from '../engine/engine-host.ts';
import { ApiError, fieldsOf } from './guard.ts';

/** Sends a sample to an endpoint, and answers what came of it. A success is stored before it is told. */
export async function testEndpoint(host: EngineHost, endpoint: Endpoint, request: Request) {
  const format = readFormat(fieldsOf(request)['format']) ?? formatFor(endpoint);
  const { engine, testFires } = await host.get();
  const result = await testFires.fire(endpoint, newSample(format, endpoint), untilGone(request));
  if (!result)
    throw new ApiError(
      429,
      'too_many_tests',
      'Too many tests are under way: wait until one of them has ended.',
    );
  if (result.ok) await engine.noteTested(endpoint);
  const { ok, statusCode = null, durationMs, body, error } = result;
  return { body: { ok, statusCode, durationMs, body, error, format } };
}

function readFormat(given: unknown): SampleFormat | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  const format = SAMPLE_FORMATS.find((one) => one === given);
  if (format) return format;
  throw new ApiError(400, 'invalid_body', `"format" must be one of ${SAMPLE_FORMATS.join(', ')}.`);
}

/** By what may be seen of its URL. */
function formatFor({ url }: Endpoint): SampleFormat {
  const { host, pathname } = new URL(url.toString());
  return formatForPlace({ host, path: pathname });
}

function newSample(format: SampleFormat, { contentType }: Endpoint): TestSample {
  const webhookId = newTestWebhookId();
  const message = sampleMessage(format, { id: webhookId, now: systemClock.now() });
  const { payload, target } = message;
  return {
    webhookId,
    content: encodeContent(payload, contentType),
    message,
    headers: readMessageHeaders(target),
  };
}

/** Ends a test when the one who asked for it is gone: a receiver may hang for minutes. */
function untilGone({ res }: Request): AbortSignal {
  const gone = new AbortController();
  res?.once('close', () => gone.abort());
  return gone.signal;
}
