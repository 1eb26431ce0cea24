import { HookError } from '../errors.ts';
import { distinctValues } from '../external-data/distinct-values.ts';
import type { ExternalDataStore } from '../external-data/external-data-store.ts';
import type { Subject } from '../external-data/external-data.ts';
import type { GroupDirectory } from '../external-data/group-directory.ts';
import { tagNameOf } from '../external-data/parameter.ts';
import type { Clock } from '../platform/clock.ts';
import { plainText, type TagPath } from '../template/dynamic-tags.ts';
import { externalValueAt, isExternalTag, readExternalTag } from '../template/external-tag.ts';
import type { AcceptRequest, PreparedRequest } from './acceptance.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';
import { messageTags } from './endpoint/endpoint-tags.ts';
import { tagKey } from './kept-values.ts';
import { within } from './within.ts';

interface Parts {
  readonly externalData: Pick<ExternalDataStore, 'find'>;
  readonly groups: Pick<GroupDirectory, 'find' | 'findByName'>;
  readonly endpoints: Pick<EndpointDirectory, 'find'>;
  readonly clock: Pick<Clock, 'after'>;
}

/** A subject can come from a store of context that does not answer. Shorter than what Node-RED waits for at its stop. */
const LONGEST_MS = 10_000;
/** What waits is in memory alone; as many writes may wait for the store. */
const MOST_WAITING = 10_000;

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Looks up what a message has to have before it is accepted: its subject, and the values of external data that its tags name. */
export class ExternalLookup {
  readonly #parts: Parts;
  /** The look-ups under way, the last one of each node. */
  readonly #last = new Map<string, Promise<unknown>>();
  #waitingCount = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * The request with what was looked up; no promise where there is nothing to do. Messages of a node stay in the order in which they
   * came. Rejects as the store does, as `subjectId` does, and with HOOK_STORE_OVERLOADED where it takes longer than 10 s or 10,000 wait.
   */
  prepare(request: AcceptRequest): PreparedRequest | Promise<PreparedRequest> {
    const tags = this.#missingTags(request);
    const before = this.#last.get(request.nodeId);
    const isReady = request.captureGroupId === undefined && tags.length === 0;
    if (isReady && !before) return { ...request, externalTexts: NOTHING };
    if (this.#waitingCount >= MOST_WAITING)
      return Promise.reject(overloaded('The message is refused, as too many others wait'));
    const found = isReady
      ? Promise.resolve({ ...request, externalTexts: NOTHING })
      : within(this.#lookUp(request, tags), { clock: this.#parts.clock, ms: LONGEST_MS, error: tooLate });
    const inTurn = Promise.allSettled([found, before]).then(() => found);
    this.#last.set(request.nodeId, inTurn);
    this.#waitingCount += 1;
    const forget = (): void => {
      this.#waitingCount -= 1;
      if (this.#last.get(request.nodeId) === inTurn) this.#last.delete(request.nodeId);
    };
    inTurn.then(forget, forget);
    return inTurn;
  }

  /** The tags of its endpoints that the message itself has no value for. */
  #missingTags({ endpointIds, message = {}, subjectId }: AcceptRequest): TagPath[] {
    if (!subjectId) return [];
    return endpointIds
      .flatMap((id) => messageTags(this.#parts.endpoints.find(id) ?? NO_TAGS))
      .filter((tag) => isExternalTag(tag) && plainText(externalValueAt(message, tag)) === '');
  }

  async #lookUp(request: AcceptRequest, tags: readonly TagPath[]): Promise<PreparedRequest> {
    const subjectId = (await request.subjectId?.()) ?? '';
    const { captureGroupId: groupId } = request;
    return {
      ...request,
      ...(groupId !== undefined && { capture: { groupId, subjectId } }),
      externalTexts: subjectId === '' ? NOTHING : await this.#textsOf(tags, subjectId),
    };
  }

  async #textsOf(tags: readonly TagPath[], subjectId: string): Promise<ReadonlyMap<string, string>> {
    const names = new Set(tags.flatMap((tag) => readExternalTag(tag)?.group ?? []));
    const groups = await Promise.all([...names].map((name) => this.#textsOfGroup(name, subjectId)));
    const known = new Map(groups.flat());
    return new Map(
      tags.flatMap((tag): [string, string][] => {
        const text = known.get(tagKey(tag));
        return text === undefined ? [] : [[tagKey(tag), text]];
      }),
    );
  }

  async #textsOfGroup(name: string, subjectId: string): Promise<(readonly [key: string, text: string])[]> {
    const group = this.#parts.groups.findByName(name);
    if (!group) return [];
    const subject: Subject = { kind: group.subjectKind, id: subjectId };
    const row = await this.#parts.externalData.find({ groupId: group.id, subject });
    return distinctValues(group.fields, row?.values ?? []).map(({ parameter, value }) => [
      tagKey(['external', name, tagNameOf(parameter)]),
      plainText(value),
    ]);
  }
}

const overloaded = (what: string): HookError =>
  new HookError('HOOK_STORE_OVERLOADED', `${what} to learn whom it is about, or for its external data.`);

const tooLate = (): HookError => overloaded(`The message has waited longer than ${LONGEST_MS / 1000} s`);

const NO_TAGS = { url: { tags: [] }, headers: [] };
