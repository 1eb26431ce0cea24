import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { EngineBench } from './engine-bench.ts';
import { IDS, type Id, type Step } from './any-step.ts';
import type { Reply } from './scripted-transport.ts';

/** First attempts and retries, by `BASE`. */
export const MOST_CHARGED = 4;
const BASE: Partial<EndpointSettings> = {
  retry: 'custom',
  retryDelays: '10s,1m,5m',
  retryOn: 'transient',
  concurrency: 2,
  timeout: 30_000,
};
/** An engine to which things happen, and what is to hold whatever they are. */
export class Life {
  readonly bench: EngineBench;
  readonly replies = new Map<string, Reply>();
  readonly accepted: { readonly id: string; readonly endpointId: string }[] = [];
  readonly sent: string[] = [];
  /** What is wrong, as it was seen. */
  readonly wrong: string[] = [];

  constructor(bench: EngineBench) {
    this.bench = bench;
    this.#listen();
  }

  #listen(): void {
    const { transport } = this.bench;
    const inFlight = new Map<string, number>();
    const send = transport.send.bind(transport);
    transport.send = async (request, signal) => {
      const id = request.headers.find(([name]) => name === 'x-delivery')?.[1] ?? '';
      const count = (inFlight.get(id) ?? 0) + 1;
      inFlight.set(id, count);
      this.sent.push(id);
      if (count > 1) this.wrong.push(`${id} is sent twice at once`);
      try {
        return await send(request, signal);
      } finally {
        inFlight.set(id, count - 1);
      }
    };
    transport.answer(({ host }) => this.replies.get(host.slice(0, 1)) ?? 200);
  }

  async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'crash':
      case 'stop':
      case 'store-down':
        return this.#breakDown(step.kind);
      case 'let-go':
      case 'jump':
      case 'advance':
        return this.#passTime(step);
      case 'accept':
      case 'resend':
      case 'resend-all':
        return this.#send(step);
      default:
        return this.#change(step);
    }
  }

  async #breakDown(kind: 'crash' | 'stop' | 'store-down'): Promise<void> {
    const { bench } = this;
    if (kind === 'store-down') {
      await bench.killWriter();
      await bench.advance(1500);
      await bench.storeIsUp();
      return;
    }
    if (kind === 'stop') await bench.stopProcess();
    else {
      await bench.crash();
      this.#listen();
    }
    await bench.startEngine();
  }

  async #passTime(step: Step & { readonly kind: 'let-go' | 'jump' | 'advance' }): Promise<void> {
    if (step.kind === 'let-go') this.bench.transport.release(step.statusCode, 3);
    else if (step.kind === 'jump') this.bench.clock.jump(step.ms);
    else await this.bench.advance(step.ms);
  }

  async #send(step: Step & { readonly kind: 'accept' | 'resend' | 'resend-all' }): Promise<void> {
    if (step.kind === 'resend') await this.#resend(step);
    else if (step.kind === 'resend-all') await this.#resendAll(step.to);
    else for (let one = 0; one < step.count; one++) await this.#accept(step.ids);
  }

  async #change(step: Extract<Step, { readonly id: Id }>): Promise<void> {
    switch (step.kind) {
      case 'replies':
        this.replies.set(step.id, step.reply);
        return;
      case 'deploy':
        this.deploy(step.id, step.settings);
        return;
      case 'remove':
        this.bench.endpoints.remove(step.id);
        return;
      case 'test':
        return this.test(step.id);
      case 'enable':
      case 'disable':
        await this.bench.engine[step.kind](step.id);
    }
  }

  /** All works again: each endpoint is there, on, tested and up, and has what this brings. */
  async end(ids: readonly Id[], settings: Partial<EndpointSettings> = {}): Promise<void> {
    for (const id of ids) {
      this.deploy(id, { circuit: true, ...settings });
      this.replies.set(id, 200);
      await this.test(id);
      await this.bench.engine.enable(id);
    }
    this.bench.transport.release(200);
  }

  deploy(id: Id, { url = '/', ...settings }: Partial<EndpointSettings>): void {
    this.bench.endpoint({
      ...BASE,
      ...settings,
      id,
      url: `http://${id}.example${url}`,
    });
  }

  async test(id: Id): Promise<void> {
    const endpoint = this.bench.endpoints.find(id);
    if (endpoint) await this.bench.engine.noteTested(endpoint);
  }

  /** Nothing but resends goes to an endpoint that is off or untested, as long as nobody changes that. */
  async watch({ kind }: Step): Promise<(() => Promise<void>) | undefined> {
    if (kind !== 'accept' && kind !== 'advance') return undefined;
    const { bench } = this;
    await bench.idle();
    const held = IDS.filter((id) => {
      const endpoint = bench.endpoints.find(id);
      const waiting = endpoint && bench.engine.healthOf(endpoint).waiting;
      return waiting === 'endpoint-off' || waiting === 'endpoint-untested';
    });
    const before = this.sent.length;
    const from = bench.clock.now();
    return async () => {
      await bench.idle();
      for (const id of this.sent.slice(before)) {
        const { delivery, attempts } = await bench.find(id);
        if (!held.some((one) => one === delivery.endpointId)) continue;
        const isResend =
          (delivery.state.kind === 'sending' && delivery.state.manual) ||
          attempts.some(({ manual, startedAt }) => manual && startedAt >= from);
        if (!isResend) this.wrong.push(`${id} is sent to ${delivery.endpointId}, which is held`);
      }
    };
  }

  async #accept(ids: readonly Id[]): Promise<void> {
    const deliveries = await this.bench
      .accept(ids, { headers: [['x-delivery', '{{delivery.id}}']] })
      .catch(() => []);
    for (const { id, endpoint } of deliveries) this.accepted.push({ id, endpointId: endpoint });
  }

  async #resend({ nth, to }: { nth: number; to: Id | undefined }): Promise<void> {
    const delivery = this.accepted[nth % Math.max(this.accepted.length, 1)];
    if (delivery) await this.bench.engine.resend({ delivery, ...(to && { endpointId: to }) });
  }

  async #resendAll(to: Id | undefined): Promise<void> {
    await this.bench.engine.resendSome({ deliveries: this.accepted, ...(to && { endpointId: to }) });
  }
}
