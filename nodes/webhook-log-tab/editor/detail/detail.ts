import { AdminApiError, askAdminApi } from '../../../shared/editor/admin-api.ts';
import type { Changes } from '../changes.ts';
import type { DeliveryDetail } from '../deliveries/delivery.ts';
import { setStatus } from '../deliveries/status-mark.ts';
import { makeIconButton } from '../icon-button.ts';
import { makeNotice } from '../notice.ts';
import { paced } from '../paced.ts';
import { keepTimes } from '../time/time-element.ts';
import type { LogTab } from '../view.ts';
import { Attempts } from './attempts.ts';
import { makeFacts } from './facts.ts';
import { makeRequestPart } from './request-part.ts';
import { makeResendOne } from './resend-one.ts';
import { whyTexts } from './why.ts';

interface DetailParts {
  /** Leaves the delivery of that id. */
  readonly onBack: (id: string) => void;
  readonly onResent: () => void;
}

const PAUSE_MS = 1000;

/** One delivery: what was sent, each attempt, what came back, and what to do about it. */
export class Detail {
  readonly element = $('<div class="survey-hooks-log-view">').prop('hidden', true);
  readonly #tab: LogTab;
  readonly #parts: DetailParts;
  readonly #notice;
  readonly #why;
  readonly #title = $('<h2 class="survey-hooks-log-title" tabindex="-1">');
  readonly #status = $('<span>');
  readonly #name = $('<span class="survey-hooks-log-title-name">');
  readonly #facts;
  readonly #attempts;
  readonly #request;
  readonly #resend;
  readonly #scroll = $('<div class="survey-hooks-log-scroll survey-hooks-log-detail">');
  readonly #reading = paced(() => this.#read(), PAUSE_MS);
  #id: string | undefined;
  #endTimes: (() => void) | undefined;

  constructor(tab: LogTab, parts: DetailParts) {
    const { words } = tab;
    this.#tab = tab;
    this.#parts = parts;
    this.#notice = makeNotice(words, () => this.#reading.ask());
    this.#why = makeNotice(words);
    this.#facts = makeFacts(words);
    this.#attempts = new Attempts(words);
    this.#request = makeRequestPart(words);
    this.#resend = makeResendOne(words, {
      onResent: () => {
        this.#reading.ask();
        parts.onResent();
      },
    });
    this.#build(words);
  }

  open(id: string): void {
    this.#id = id;
    this.element.prop('hidden', false);
    this.#notice.clear();
    this.#resend.reset(id);
    this.#scroll.prop('hidden', true).scrollTop(0);
    this.#status.empty();
    this.#name.text('');
    this.#title.trigger('focus');
    this.#attempts.clear();
    this.#endTimes ??= keepTimes(this.element);
    // At once, even where another delivery was read just before.
    void this.#read();
  }

  close(): void {
    this.#id = undefined;
    this.element.prop('hidden', true);
    this.hide();
  }

  show(): void {
    if (this.#id === undefined) return;
    this.#endTimes ??= keepTimes(this.element);
    this.#reading.ask();
  }

  hide(): void {
    this.#endTimes?.();
    this.#endTimes = undefined;
    this.#reading.forget();
  }

  changed({ items, more }: Changes): void {
    if (this.#id === undefined) return;
    if (more || items.some(({ kind, id }) => kind === 'delivery' && id === this.#id)) this.#reading.ask();
  }

  #build(words: Words): void {
    const back = makeIconButton('fa-arrow-left', words('webhook-log-tab.detail.back')).on('click', () =>
      this.#back(),
    );
    this.#title.append(this.#status, ' ', this.#name);
    const head = $('<div class="survey-hooks-log-head">').append(back, this.#title, this.#resend.button);
    this.#scroll.append(
      this.#why.element,
      this.#facts.element,
      this.#attempts.element,
      this.#request.element,
    );
    this.element.append(head, this.#resend.element, this.#notice.element, this.#scroll);
    this.element.on('keydown', (event) => {
      if (event.key === 'Escape' && !event.isDefaultPrevented()) this.#back();
    });
  }

  #back(): void {
    if (this.#id !== undefined) this.#parts.onBack(this.#id);
  }

  async #read(): Promise<void> {
    const id = this.#id;
    if (id === undefined) return;
    try {
      const detail = (await askAdminApi(`deliveries/${encodeURIComponent(id)}`)) as DeliveryDetail;
      if (id === this.#id) this.#show(detail);
    } catch (error) {
      if (id === this.#id) this.#sayError(error);
    }
  }

  #sayError(error: unknown): void {
    const isForbidden = error instanceof AdminApiError && [401, 403].includes(error.status);
    if (isForbidden) this.#notice.say(this.#tab.words('webhook-log-tab.detail.forbidden'), 'problem');
    else this.#notice.sayError(error);
  }

  #show(detail: DeliveryDetail): void {
    const { words } = this.#tab;
    this.#notice.clear();
    this.#scroll.prop('hidden', false);
    setStatus(this.#status, detail.status, words);
    this.#name.text(detail.endpointName || detail.endpoint);
    const why = whyTexts(detail, words);
    if (why.length > 0) this.#why.say(why.join('\n'), 'problem');
    else this.#why.clear();
    this.#facts.show(detail);
    this.#attempts.show(detail);
    this.#request.show(detail.request);
  }
}
