import { askAdminApi } from './admin-api.ts';
import { sampleChoice } from './sample-choice.ts';
import { readTestAnswer, testRefusal, type TestAnswer } from './test-answer.ts';
import { toText } from './text.ts';

interface TestFireParts {
  url: JQuery;
  secretUrl: JQuery;
  format: JQuery;
  send: JQuery;
  result: JQuery;
}

interface TestFireUse {
  /** The endpoint as the dialog has it. */
  config: () => object;
  /** Called when a test was sent and has come to its end. */
  onAnswer: () => void;
}

/** Sends a sample to an endpoint as its dialog stands, and shows what comes back. */
export function testFire(parts: TestFireParts, { config, onAnswer }: TestFireUse, words: Words): void {
  const { format, send, result } = parts;
  sampleChoice(parts, words);
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
      onAnswer();
    } catch (error) {
      showText(result, testRefusal(error, words), 'survey-hooks-warning');
    } finally {
      send.prop('disabled', false);
    }
  };
  send.on('click', () => void fire());
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
  if (error !== '') $('<div data-field="error">').text(error).appendTo(facts.append(' '));
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
