import type { NodeAPI } from 'node-red';
import { newApiKey } from '../../../../src/inbound/authenticators/new-api-key.ts';
import { answer, ApiError, fieldsOf, installUnreadable, permit } from './guard.ts';

const ROOT = '/survey-hooks/keys';
const MOST_LETTERS = 100;
const MOST_ROLES = 50;

/** The route that makes keys for hooks. It stores nothing: this answer is the only place where the key itself is ever seen. */
export function installKeyRoutes(RED: NodeAPI): void {
  const { httpAdmin } = RED;
  httpAdmin.post(
    ROOT,
    ...permit(RED, 'survey-hooks.write'),
    answer((request) => {
      const { name, roles } = fieldsOf(request);
      const entry = { name: readName(name), roles: readRoles(roles) };
      const { id, hash, key } = newApiKey();
      return { body: { id, ...entry, hash, key: key.reveal() } };
    }),
  );
  installUnreadable(httpAdmin, ROOT);
}

const invalid = (message: string) => new ApiError(400, 'invalid_body', message);

function readName(given: unknown): string {
  const name = readLabel(given);
  if (name === undefined) throw invalid(`"name" must be a text of 1 to ${MOST_LETTERS} characters.`);
  return name;
}

function readRoles(given: unknown): readonly string[] {
  const roles = Array.isArray(given) ? given.map(readLabel) : [];
  const isList = roles.length > 0 && roles.length <= MOST_ROLES;
  if (!isList || !roles.every((role) => role !== undefined))
    throw invalid(
      `"roles" must be a list of 1 to ${MOST_ROLES} texts of 1 to ${MOST_LETTERS} characters: a key without a role lets nobody in.`,
    );
  return [...new Set(roles)];
}

/** Control characters would stand in a dialog and in the log as what they are not. */
function readLabel(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const text = given.trim();
  return text !== '' && text.length <= MOST_LETTERS && !/\p{Cc}/u.test(text) ? text : undefined;
}
