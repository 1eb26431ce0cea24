import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { HookError } from '../../src/errors.ts';
import {
  EXTERNAL_ACTIONS,
  performAction,
  type ActionResult,
  type ExternalAction,
} from '../../src/external-data/external-action.ts';
import { withExternal } from '../../src/external-data/external-message.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { engineHost } from '../shared/runtime/engine/engine-host.ts';
import { giveBackEvent } from '../shared/runtime/engine/hook-inbox.ts';
import { joinStore } from '../shared/runtime/engine/join-store.ts';
import { fail } from '../shared/runtime/failure.ts';
import { messageSubject, type SubjectSettings } from '../shared/runtime/message-subject.ts';
import { namedNode } from '../shared/runtime/named-node.ts';
import { problemWarnings } from '../shared/runtime/problem-warnings.ts';
import { expandEnv } from '../shared/runtime/settings.ts';

interface ExternalDataSettings extends SubjectSettings {
  readonly group?: string;
  readonly action?: string;
}

const STATUS = {
  open: { fill: 'green', shape: 'dot', text: 'external-data.status.ready' },
  closed: { fill: 'grey', shape: 'ring', text: 'external-data.status.closed' },
  down: { fill: 'red', shape: 'ring', text: 'external-data.status.store-down' },
  noGroup: { fill: 'red', shape: 'ring', text: 'external-data.status.no-group' },
  found: { fill: 'green', shape: 'dot', text: 'external-data.status.found' },
  notFound: { fill: 'yellow', shape: 'ring', text: 'external-data.status.not-found' },
  kept: { fill: 'green', shape: 'dot', text: 'external-data.status.kept' },
  partlyKept: { fill: 'yellow', shape: 'dot', text: 'external-data.status.partly-kept' },
  deleted: { fill: 'green', shape: 'dot', text: 'external-data.status.deleted' },
  error: { fill: 'red', shape: 'ring', text: 'external-data.status.error' },
} as const;

/** Reads, sets or deletes what a group has of the user, ticket or project that a message is about. */
export default function register(RED: NodeAPI): void {
  function ExternalData(this: Node, config: NodeDef & ExternalDataSettings): void {
    RED.nodes.createNode(this, config);
    const { groups } = engineHost(RED);
    const action = readAction(expandEnv(RED, this, config.action ?? ''));
    const groupId = String(namedNode(RED, this, { setting: 'group', value: config.group }));
    const store = joinStore(RED, this, {
      ...STATUS,
      // Groups come and go with deploys that leave this node as it is.
      get open() {
        if (!action) return STATUS.error;
        return groups.find(groupId) ? STATUS.open : STATUS.noGroup;
      },
    });
    const readSubject = messageSubject(RED, this, config);
    const warnOfProblems = problemWarnings(this);

    const perform = async (message: NodeMessage): Promise<ActionResult> => {
      const group = groups.find(groupId);
      if (!action || !group) throw new HookError('HOOK_CONFIG_INVALID', action ? NO_GROUP : NO_ACTION);
      const subjectId = await readSubject(message);
      const { externalData } = await store.open();
      const request = { action, group, subjectId, payload: message.payload, now: systemClock.now() };
      const result = await performAction(externalData, request);
      warnOfProblems(group.name, result.told.externalData.problems);
      return result;
    };

    this.on('input', (message, send, done) => {
      perform(message)
        .then((result) => {
          store.show(statusAfter(action, result));
          send(withExternal(message, result.told));
          done();
        })
        .catch((error: unknown) => {
          store.show(STATUS.error);
          giveBackEvent(RED, message, error);
          fail(this, done, error);
        });
    });
  }
  RED.nodes.registerType('external-data', ExternalData);
}

const NO_GROUP = 'The external data group is not in the flows or not valid: choose one in this node.';
const NO_ACTION = `What to do must be one of ${EXTERNAL_ACTIONS.join(', ')}.`;

/** Undefined = there is no such action. */
const readAction = (wanted: string): ExternalAction | undefined =>
  EXTERNAL_ACTIONS.find((known) => known === (wanted || EXTERNAL_ACTIONS[0]));

function statusAfter(action: ExternalAction | undefined, { count, told }: ActionResult) {
  if (action === 'delete') return STATUS.deleted;
  if (action === 'set') return told.externalData.problems.length > 0 ? STATUS.partlyKept : STATUS.kept;
  return count > 0 ? STATUS.found : STATUS.notFound;
}
