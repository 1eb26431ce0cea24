/** A setting that a person must change, in words; never with a secret or a whole URL. */
export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
}

/** Settings as a flow holds them, with their credentials. A flow is a file that people edit, so no type is taken on trust. */
interface Settings {
  readonly credentials?: Readonly<Record<string, string | undefined>>;
}

/** The settings of a text or a number. */
type TextSetting<All> = {
  [Name in keyof All]-?: Exclude<All[Name], undefined> extends string | number ? Name : never;
}[keyof All];

/** Reads settings and gathers what is wrong with them: everything, not only the first. */
export class SettingsCheck<All extends Settings> {
  readonly problems: SettingProblem[] = [];
  protected readonly settings: All;

  constructor(settings: All) {
    this.settings = settings;
  }

  report(setting: keyof All & string, message: string): void {
    this.problems.push({ setting, message });
  }

  /** A setting without the spaces around it; empty where it is missing. */
  text(setting: TextSetting<All>): string {
    return this.exactText(setting).trim();
  }

  /** A setting with the spaces around it. */
  exactText(setting: TextSetting<All>): string {
    return textOf(this.settings[setting]);
  }

  /** A credential as it was typed; empty where it is missing. */
  credential(name: keyof NonNullable<All['credentials']>): string {
    const credentials: NonNullable<All['credentials']> | undefined = this.settings.credentials;
    return textOf(credentials?.[name]);
  }

  /** The setting, which must be one of the words; the first one where it is empty. */
  oneOf<const Word extends string>(
    setting: TextSetting<All> & string,
    words: readonly [Word, ...Word[]],
  ): Word {
    const value = this.text(setting);
    const found = words.find((word) => word === value);
    if (found === undefined && value !== '') this.report(setting, `It is none of ${words.join(', ')}.`);
    return found ?? words[0];
  }

  /** The setting, which must be a whole number within the bounds, both included. */
  count(setting: TextSetting<All> & string, { fallback, least = 1, most }: CountBounds): number {
    const value = this.text(setting);
    if (value === '') return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    this.report(setting, `It must be a whole number from ${least} to ${most}.`);
    return fallback;
  }
}

interface CountBounds {
  readonly fallback: number;
  /** 1 where it is not given. */
  readonly least?: number;
  readonly most: number;
}

/** The text of a setting or a part of one; empty where it is neither text nor number. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
