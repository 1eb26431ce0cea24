import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { readSubjectId } from '../../../src/external-data/subject-id.ts';
import { attempt } from './failure.ts';
import { messageValue } from './message-value.ts';

/** The settings of a node that say whom a message is about. */
export interface SubjectSettings {
  readonly subject?: string;
  readonly subjectType?: string;
}

const TICKET = 'survey.ticketId';

/** Reads the id of the user, ticket or project that a message is about; empty where it names none. Rejects where that cannot be read. */
export type MessageSubject = (message: NodeMessage) => Promise<string>;

/** Reads the setting. What is no JSONata expression is told at once, and rejects for each message. */
export function messageSubject(
  RED: NodeAPI,
  node: Node,
  { subject = TICKET, subjectType = 'msg' }: SubjectSettings,
): MessageSubject {
  const title = 'Whom the message is about';
  const readValue = attempt(() => messageValue(RED, node, { value: subject, type: subjectType, title }));
  if (readValue instanceof Error) {
    node.error(readValue.message);
    return () => Promise.reject(readValue);
  }
  return async (message) => (subject.trim() === '' ? '' : readSubjectId(await readValue(message)));
}
