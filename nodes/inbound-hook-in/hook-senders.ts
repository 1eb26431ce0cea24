import { apiKeyAuthentication } from '../../src/inbound/authenticators/api-key.ts';
import { parseApiKeys } from '../../src/inbound/authenticators/api-keys.ts';
import type { Authenticator } from '../../src/inbound/authenticators/authenticator.ts';
import { basicAuthentication, isUsable } from '../../src/inbound/authenticators/basic.ts';
import { hasRole } from '../../src/inbound/authenticators/has-role.ts';
import { isKeyHeader } from '../../src/inbound/authenticators/key-header.ts';
import { noAuthentication } from '../../src/inbound/authenticators/none.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { HookCredentials, HookSettings, SettingFault } from './hook-settings.ts';

/** Who may send to a hook. */
export interface HookSenders {
  readonly isForm: boolean;
  readonly authenticator: Authenticator;
  /** False where senders must prove themselves and none can. */
  readonly hasCredentials: boolean;
  /** The id of the secret that requests must be signed with; undefined where they need not be. */
  readonly signingId: string | undefined;
}

type Authentication = Pick<HookSenders, 'authenticator' | 'hasCredentials'>;

const openToAll: Authentication = { authenticator: noAuthentication, hasCredentials: true };

/** A form is filled in by people, who can neither sign nor be asked for a password. */
export function readSenders(
  settings: HookSettings,
  credentials: HookCredentials,
): HookSenders | SettingFault {
  const { kind = 'webhook', signing = '' } = settings;
  if (kind === 'form') return { isForm: true, ...openToAll, signingId: undefined };
  if (kind !== 'webhook') return { setting: 'kind' };
  const authentication = readAuthentication(settings, credentials);
  if ('setting' in authentication) return authentication;
  if (typeof signing !== 'string') return { setting: 'signing' };
  return { isForm: false, ...authentication, signingId: signing || undefined };
}

function readAuthentication(
  settings: HookSettings,
  credentials: HookCredentials,
): Authentication | SettingFault {
  switch (settings.auth ?? 'basic') {
    case 'none':
      return openToAll;
    case 'basic':
      return readBasic(credentials);
    case 'api-key':
      return readApiKeys(settings, credentials);
    default:
      return { setting: 'auth' };
  }
}

function readBasic({ username = '', password = '' }: HookCredentials): Authentication {
  const basic = { username, password: new Secret(password) };
  return { authenticator: basicAuthentication(basic), hasCredentials: isUsable(basic) };
}

function readApiKeys(
  { apiKeyHeader = '', role = '' }: HookSettings,
  credentials: HookCredentials,
): Authentication | SettingFault {
  if (typeof apiKeyHeader !== 'string') return { setting: 'apiKeyHeader' };
  const header = apiKeyHeader.trim().toLowerCase() || 'authorization';
  if (!isKeyHeader(header)) return { setting: 'apiKeyHeader' };
  if (typeof role !== 'string') return { setting: 'role' };
  const keys = parseApiKeys(credentials.apiKeys ?? '') ?? [];
  const rules = { keys, header, role: role.trim() };
  return {
    authenticator: apiKeyAuthentication(rules),
    hasCredentials: keys.some((key) => hasRole(key, rules.role)),
  };
}
