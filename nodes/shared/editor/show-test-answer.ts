import type { TestAnswer } from './test-answer.ts';

/** Says something of a test in place of what is there. */
export const showTestText = (result: JQuery, text: string, style = ''): JQuery =>
  $('<div class="form-tips">').addClass(style).text(text).appendTo(result.empty());

/** Shows what became of a test: status, time and body. Strangers wrote what comes back, so it goes in as text. `words` are an endpoint's. */
export function showTestAnswer(result: JQuery, answer: TestAnswer, words: Words): void {
  const { isOk, statusCode, durationMs, body, error } = answer;
  const facts = showTestText(result, '', isOk ? 'survey-hooks-good' : 'survey-hooks-warning');
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
