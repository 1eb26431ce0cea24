import { askAdminApi } from './admin-api.ts';
import { wordOf } from './format-words.ts';
import { readTestAnswer, testRefusal, type TestAnswer } from './test-answer.ts';
import { toText } from './text.ts';

interface TestFireParts {
  format: JQuery;
  send: JQuery;
  result: JQuery;
}

/** The formats that a sample can have; without one it is made to fit the address. */
const SAMPLE_FORMATS = [
  'cio-pulse',
  'slack',
  'teams',
  'freshdesk-ticket',
  'zendesk-ticket',
  'servicenow-incident',
] as const;

/** Where the words of the formats are: the catalogue of the node that makes them. */
const CATALOGUE = '@survey-hooks/node-red-survey-hooks/payload-format';

/** Sends a sample to an endpoint as its dialog stands, and shows what comes back. */
export function testFire(parts: TestFireParts, config: () => object, words: Words): void {
  const { format, send, result } = parts;
  offerFormats(format, words);
  const fire = async (): Promise<void> => {
    send.prop('disabled', true);
    showText(result, words('webhook-endpoint.test.running'));
    const chosen = toText(format.val());
    try {
      const answer = await askAdminApi('endpoints/test', {
        config: config(),
        ...(chosen !== '' && { format: chosen }),
      });
      showAnswer(result, readTestAnswer(answer), words);
    } catch (error) {
      showText(result, testRefusal(error, words), 'survey-hooks-warning');
    } finally {
      send.prop('disabled', false);
    }
  };
  send.on('click', () => void fire());
}

function offerFormats(choice: JQuery, words: Words): void {
  $('<option value="">').text(words('webhook-endpoint.sample.auto')).appendTo(choice);
  for (const format of SAMPLE_FORMATS)
    $('<option>')
      .val(format)
      .text(words(`${CATALOGUE}:payload-format.format.${wordOf(format)}`))
      .appendTo(choice);
}

const showText = (result: JQuery, text: string, style = ''): JQuery =>
  $('<div class="form-tips">').addClass(style).text(text).appendTo(result.empty());

/** Strangers wrote what comes back, so it goes in as text. */
function showAnswer(result: JQuery, answer: TestAnswer, words: Words): void {
  const { isOk, statusCode, durationMs, body, error } = answer;
  const facts = showText(result, '', isOk ? 'survey-hooks-good' : 'survey-hooks-warning');
  const verdict = isOk ? 'succeeded' : 'failed';
  $('<strong data-field="verdict">')
    .text(words(`webhook-endpoint.test.${verdict}`))
    .appendTo(facts);
  const add = (name: string, text: string): void => {
    facts.append(' ');
    $('<span>').attr('data-field', name).text(text).appendTo(facts);
  };
  if (statusCode !== null) add('status', words('webhook-endpoint.test.status', { statusCode }));
  add('time', words('webhook-endpoint.test.time', { time: timeText(durationMs) }));
  if (error !== '') $('<div data-field="error">').text(error).appendTo(facts);
  if (statusCode === null) return;
  if (body === '') {
    $('<div class="survey-hooks-note">').text(words('webhook-endpoint.test.noBody')).appendTo(result);
    return;
  }
  $('<div class="survey-hooks-note">').text(words('webhook-endpoint.test.body')).appendTo(result);
  $('<code class="survey-hooks-code survey-hooks-answer" data-field="body">').text(body).appendTo(result);
}

const timeText = (durationMs: number): string =>
  new Intl.NumberFormat(RED.i18n.lang(), { style: 'unit', unit: 'millisecond' }).format(
    Math.round(durationMs),
  );
