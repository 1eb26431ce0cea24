import { basicAuthentication, isUsable } from '../../src/inbound/authenticators/basic.ts';
import type { Authenticator } from '../../src/inbound/authenticators/authenticator.ts';
import { noAuthentication } from '../../src/inbound/authenticators/none.ts';
import { BODY_LIMIT, parseByteSize } from '../../src/inbound/body/limits.ts';
import type { HookSwitches } from '../../src/inbound/hook-activity.ts';
import type { HookAnswer, InboundHook } from '../../src/inbound/hook.ts';
import { Secret } from '../../src/platform/secret.ts';

/** The node's settings, as a flow holds them; a flow written by hand may leave any of them out. */
export interface HookSettings {
  readonly description?: string;
  readonly path?: unknown;
  readonly methods?: unknown;
  readonly kind?: string;
  readonly auth?: string;
  readonly signing?: unknown;
  readonly respond?: string;
  readonly statusCode?: number | string;
  readonly responseTimeout?: number | string;
  readonly redirect?: string;
  readonly bodyLimit?: string;
  readonly active?: boolean;
  readonly debug?: boolean;
}

export interface HookCredentials {
  readonly username?: string;
  readonly password?: string;
}

/** What the settings make of a hook; without whole credentials it refuses everyone. */
export interface UnderstoodHook extends Pick<
  InboundHook,
  'path' | 'methods' | 'authenticator' | 'answer' | 'bodyLimit'
> {
  readonly isForm: boolean;
  readonly switches: HookSwitches;
  /** The id of the secret that requests must be signed with; undefined where they need not be. */
  readonly signingId: string | undefined;
  readonly hasCredentials: boolean;
}

/** The name of a setting that cannot be understood. */
export interface SettingFault {
  readonly setting: keyof HookSettings;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

export function readHookSettings(
  settings: HookSettings,
  credentials: HookCredentials,
): UnderstoodHook | SettingFault {
  const senders = readSenders(settings, credentials);
  if ('setting' in senders) return senders;
  const methods = readMethods(settings.methods);
  if (!methods) return { setting: 'methods' };
  const bodyLimit = readBodyLimit(settings.bodyLimit);
  if (bodyLimit === undefined) return { setting: 'bodyLimit' };
  const answer = readAnswer(settings, senders.isForm);
  if ('setting' in answer) return answer;
  const path = readPath(settings.path);
  if (path === undefined) return { setting: 'path' };
  const switches = { isActive: settings.active !== false, isDebugged: settings.debug === true };
  return { path, methods, answer, bodyLimit, switches, ...senders };
}

const readBodyLimit = (text: string | undefined): number | undefined =>
  text ? parseByteSize(text) : BODY_LIMIT;

function readMethods(given: unknown = ['POST', 'PUT']): string[] | undefined {
  if (!Array.isArray(given)) return undefined;
  const methods = given.map((method: unknown) => String(method).toUpperCase());
  return methods.length > 0 && methods.every((method) => METHODS.has(method)) ? methods : undefined;
}

function readPath(given: unknown = ''): string | undefined {
  if (typeof given !== 'string') return undefined;
  return given.startsWith('/') ? given : `/${given}`;
}

type Senders = Pick<UnderstoodHook, 'isForm' | 'authenticator' | 'hasCredentials' | 'signingId'>;

/** A form is filled in by people, who can neither sign nor be asked for a password. */
function readSenders(settings: HookSettings, credentials: HookCredentials): Senders | SettingFault {
  const { kind = 'webhook', signing = '' } = settings;
  if (kind === 'form') return { isForm: true, ...openToAll, signingId: undefined };
  if (kind !== 'webhook') return { setting: 'kind' };
  const authentication = readAuthentication(settings.auth, credentials);
  if (!authentication) return { setting: 'auth' };
  if (typeof signing !== 'string') return { setting: 'signing' };
  return { isForm: false, ...authentication, signingId: signing || undefined };
}

interface Authentication {
  readonly authenticator: Authenticator;
  readonly hasCredentials: boolean;
}

const openToAll: Authentication = { authenticator: noAuthentication, hasCredentials: true };

function readAuthentication(auth = 'basic', credentials: HookCredentials): Authentication | undefined {
  if (auth === 'none') return openToAll;
  if (auth !== 'basic') return undefined;
  const { username = '', password = '' } = credentials;
  const basic = { username, password: new Secret(password) };
  return { authenticator: basicAuthentication(basic), hasCredentials: isUsable(basic) };
}

function readAnswer(settings: HookSettings, isForm: boolean): HookAnswer | SettingFault {
  const { respond = 'received' } = settings;
  if (respond === 'flow') {
    const timeoutMs = readWhole(settings.responseTimeout, { standard: 30_000, least: 1, most: 3_600_000 });
    return timeoutMs === undefined ? { setting: 'responseTimeout' } : { by: 'flow', timeoutMs };
  }
  if (respond !== 'received') return { setting: 'respond' };
  const statusCode = readWhole(settings.statusCode, { standard: 200, least: 200, most: 299 });
  if (statusCode === undefined) return { setting: 'statusCode' };
  if (!isForm || !settings.redirect) return { by: 'gate', statusCode };
  const redirect = readLocation(settings.redirect);
  return redirect === undefined ? { setting: 'redirect' } : { by: 'gate', statusCode, redirect };
}

interface Range {
  readonly standard: number;
  readonly least: number;
  readonly most: number;
}

function readWhole(value: number | string | undefined, { standard, least, most }: Range): number | undefined {
  const number = value === undefined || value === '' ? standard : Number(value);
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
}

/** A URL or a path in the signs that a header may hold. */
function readLocation(text: string): string | undefined {
  const location = text.trim();
  if (!/^(?:https?:\/)?\/[^\s\p{Cc}]*$/iu.test(location)) return undefined;
  return location.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
}
