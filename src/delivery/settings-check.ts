/** An endpoint's settings as a flow holds them, with its credentials. All may be missing or wrong. */
export interface EndpointSettings {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly method?: string;
  readonly contentType?: string;
  readonly headers?: readonly { readonly name?: string; readonly value?: string }[];
  readonly auth?: string;
  readonly authHeader?: string;
  readonly timeout?: string | number;
  readonly success?: string;
  readonly retry?: string;
  readonly retryDelays?: string;
  readonly retryOn?: string;
  readonly concurrency?: string | number;
  readonly maxPending?: string | number;
  readonly expireAfter?: string;
  readonly enabled?: boolean;
  readonly credentials?: Readonly<Partial<Record<EndpointCredential, string>>>;
}

export type EndpointCredential = 'secretUrl' | 'username' | 'password' | 'token' | 'headerValue';

/** A setting that a person must change, in words; never with a secret or a whole URL. */
export interface EndpointProblem {
  readonly setting: string;
  readonly message: string;
}

type Setting = Exclude<keyof EndpointSettings, 'headers' | 'enabled' | 'credentials'>;

/** Reads settings and gathers what is wrong with them. A flow is a file that people edit, so no type is taken on trust. */
export class SettingsCheck {
  readonly problems: EndpointProblem[] = [];
  readonly #settings: EndpointSettings;

  constructor(settings: EndpointSettings) {
    this.#settings = settings;
  }

  report(setting: keyof EndpointSettings, message: string): void {
    this.problems.push({ setting, message });
  }

  /** A setting without the spaces around it; empty where it is missing. */
  text(setting: Setting): string {
    return textOf(this.#settings[setting]).trim();
  }

  /** A credential as it was typed; empty where it is missing. */
  credential(name: EndpointCredential): string {
    return textOf(this.#settings.credentials?.[name]);
  }

  /** The setting, which must be one of the words; the first one where it is empty. */
  oneOf<const Word extends string>(setting: Setting, words: readonly [Word, ...Word[]]): Word {
    const value = this.text(setting);
    const found = words.find((word) => word === value);
    if (found === undefined && value !== '') this.report(setting, `It is none of ${words.join(', ')}.`);
    return found ?? words[0];
  }

  /** The setting, which must be a whole number from 1. */
  count(setting: Setting, { fallback, most }: { fallback: number; most: number }): number {
    const value = this.text(setting);
    if (value === '') return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
    if (number >= 1 && number <= most) return number;
    this.report(setting, `It must be a whole number from 1 to ${most}.`);
    return fallback;
  }

  /** The headers; rows that are wholly empty are none. */
  headers(): { name: string; value: string }[] {
    const rows: unknown = this.#settings.headers ?? [];
    if (!Array.isArray(rows)) {
      this.report('headers', 'It must be a list of names and values.');
      return [];
    }
    return rows.map(headerOf).filter(({ name, value }) => name !== '' || value !== '');
  }
}

function headerOf(row: unknown): { name: string; value: string } {
  const { name, value } = (row ?? {}) as { name?: unknown; value?: unknown };
  return { name: textOf(name).trim(), value: textOf(value) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
