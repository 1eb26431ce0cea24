import type { Attempt, DeliveryDetail } from '../deliveries/delivery.ts';
import { durationText } from '../time/relative-time.ts';
import { makeTime } from '../time/time-element.ts';
import { addText, headersText } from './text-block.ts';
import { prettyText } from './pretty-text.ts';

const LOOKS = {
  succeeded: 'fa-check-circle',
  failed: 'fa-times-circle',
  interrupted: 'fa-question-circle',
} as const;

/** The attempts of a delivery on a time line, the last one first, each to be opened. What was opened stays so while others come. */
export class Attempts {
  readonly element;
  readonly #words: Words;
  readonly #list = $('<ol reversed class="survey-hooks-log-attempts">');
  readonly #none = $('<p class="survey-hooks-log-dim">');
  #lastNumber = 0;

  constructor(words: Words) {
    this.#words = words;
    const title = $('<h3>').text(words('webhook-log-tab.detail.attempts'));
    this.#none.text(words('webhook-log-tab.detail.no-attempt'));
    this.element = $('<section>').append(title, this.#none, this.#list);
  }

  clear(): void {
    this.#list.empty();
    this.#lastNumber = 0;
  }

  show({ attemptLog }: DeliveryDetail): void {
    const isFirstTime = this.#lastNumber === 0;
    // One that has ended stays as it is.
    for (const attempt of attemptLog.filter(({ number }) => number > this.#lastNumber)) {
      this.#list.prepend(this.#makeEntry(attempt));
      this.#lastNumber = attempt.number;
    }
    if (isFirstTime) this.#list.children().first().children('details').prop('open', true);
    this.#none.prop('hidden', attemptLog.length > 0);
  }

  #makeEntry(attempt: Attempt): JQuery {
    const details = $('<details>').append(this.#makeSummary(attempt));
    const words = this.#words;
    for (const text of [attempt.error, ...attempt.warnings])
      if (text !== '') $('<p class="survey-hooks-log-says">').text(text).appendTo(details);
    const headers = headersText(attempt.responseHeaders);
    const contentType = String(attempt.responseHeaders['content-type'] ?? '');
    if (attempt.responseBody !== '')
      addText(details, {
        label: words(`webhook-log-tab.detail.${attempt.responseCut ? 'response-cut' : 'response'}`),
        text: prettyText(attempt.responseBody, contentType),
      });
    if (headers !== '')
      addText(details, { label: words('webhook-log-tab.detail.response-headers'), text: headers });
    return $('<li>').addClass(`survey-hooks-log-${attempt.outcome}`).append(details);
  }

  #makeSummary({ number, outcome, statusCode, startedAt, durationMs, manual }: Attempt): JQuery {
    const words = this.#words;
    const outcomeText = words(`webhook-log-tab.outcome.${outcome}`);
    const summary = $('<summary>').append(
      $('<i aria-hidden="true">').addClass(`fa ${LOOKS[outcome]} survey-hooks-log-dot`),
      $('<b>').text(words('webhook-log-tab.detail.attempt', { number })),
    );
    const facts = [
      statusCode === null ? outcomeText : `${statusCode} ${outcomeText}`,
      durationMs === null ? '' : durationText(durationMs),
      manual ? words('webhook-log-tab.detail.manual') : '',
    ];
    for (const text of facts.filter((fact) => fact !== '')) summary.append(' ', $('<span>').text(text));
    return summary.append(' ', makeTime(startedAt));
  }
}
