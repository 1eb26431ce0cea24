import { parseAddressList, type AddressList } from '../address-list.ts';
import { SettingsCheck, type SettingProblem } from '../platform/settings-check.ts';
import { LARGEST_MAIL, parseMailSize } from './mail-size.ts';
import { readDomain } from './recipient.ts';

/** The settings of an `email-listener` as a flow holds them. */
export interface ListenerSettings {
  readonly id: string;
  readonly host?: string;
  readonly port?: number | string;
  readonly domain?: string;
  readonly maxSize?: string;
  readonly allowedClients?: unknown;
  /** It has none. */
  readonly credentials?: Readonly<Record<string, never>>;
}

/** A place where mail is taken, as its settings say. */
export interface Listener {
  readonly id: string;
  readonly host: string;
  /** 0 = any that is free. */
  readonly port: number;
  /** As DNS has it; empty = mail for every domain that leads here. */
  readonly domain: string;
  /** The largest mail, in bytes. */
  readonly maxSize: number;
  readonly allowedClients: AddressList;
  /** The settings in one text: another text is another listener. */
  readonly fingerprint: string;
}

export type ParsedListener =
  | { readonly kind: 'valid'; readonly listener: Listener }
  | { readonly kind: 'invalid'; readonly id: string; readonly problems: readonly SettingProblem[] };

/** Checks a listener's settings. Everything that is wrong is listed, not only the first. */
export function parseListener(settings: ListenerSettings): ParsedListener {
  const check = new SettingsCheck(settings);
  const listener = {
    id: settings.id,
    host: check.text('host') || '127.0.0.1',
    port: check.count('port', { fallback: 2525, least: 0, most: 65_535 }),
    domain: parseDomain(check),
    maxSize: parseMaxSize(check),
  };
  const allowedClients = parseAddressList(settings.allowedClients);
  if (!allowedClients)
    check.report(
      'allowedClients',
      'It must be addresses and networks such as 10.0.0.0/8, with commas between.',
    );
  if (check.problems.length > 0 || !allowedClients)
    return { kind: 'invalid', id: settings.id, problems: check.problems };
  const fingerprint = JSON.stringify([listener, settings.allowedClients]);
  return { kind: 'valid', listener: { ...listener, allowedClients, fingerprint } };
}

function parseDomain(check: SettingsCheck<ListenerSettings>): string {
  const text = check.text('domain');
  const domain = readDomain(text);
  if (text !== '' && domain === '') check.report('domain', 'It must be a domain such as hooks.example.com.');
  return domain;
}

function parseMaxSize(check: SettingsCheck<ListenerSettings>): number {
  const bytes = parseMailSize(check.text('maxSize'));
  if (bytes === undefined) check.report('maxSize', 'It must be a size such as 10mb, at most 50mb.');
  return bytes ?? LARGEST_MAIL;
}
