import { toText } from './text.ts';

interface SubjectParts {
  /** The choice of the group of external data. */
  group: JQuery;
  /** Names the ticket, user or project of a message. */
  subject: JQuery;
  subjectType: JQuery;
  hint: JQuery;
}

/** Of what a group keeps values; `any` while none is chosen. */
type HintedKind = 'user' | 'ticket' | 'project' | 'any';

const KINDS: readonly HintedKind[] = ['user', 'ticket', 'project'];

/** Where the user, ticket or project of a message is named; the hint says which of them it is, as the chosen group has it. */
export function subjectInput(
  { group, subject, subjectType, hint }: SubjectParts,
  hintOf: (kind: HintedKind) => string,
): void {
  subject.typedInput({ default: 'msg', types: ['msg', 'str', 'env', 'jsonata'], typeField: subjectType });
  const update = (): void => {
    const chosen = RED.nodes.node(toText(group.val()));
    const written = chosen && 'subjectKind' in chosen ? chosen.subjectKind : undefined;
    hint.text(hintOf(KINDS.find((kind) => kind === written) ?? 'any'));
  };
  group.on('change', update);
  update();
}
