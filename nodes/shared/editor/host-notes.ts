import { hostWords, isGuarded, type HookSenders } from './host-words.ts';
import { chosenSecret } from './signing-choice.ts';
import { toText } from './text.ts';

interface HostParts {
  kind: JQuery;
  auth: JQuery;
  signing: JQuery;
  /** Gets a line for each thing that holds. */
  list: JQuery;
  section: JQuery;
  /** Warns of a hook that is open to everyone. */
  open: JQuery;
}

/** Says what Node-RED's settings make of the hook as its dialog stands. */
export function hostNotes({ kind, auth, signing, list, section, open }: HostParts, words: Words): void {
  const host = RED.settings.inboundHookInHost;
  section.toggle(host !== undefined);
  const update = (): void => {
    const senders = readSenders({ kind, auth, signing });
    open.toggle(senders.isOpen && !senders.isForm && !(host && isGuarded(host, senders)));
    list.empty();
    for (const name of host ? hostWords(host, senders) : [])
      $('<li>')
        .text(words(`inbound-hook-in.host.${name}`, { root: host?.root ?? '' }))
        .appendTo(list);
  };
  for (const input of [kind, auth, signing]) input.on('change', update);
  update();
}

function readSenders({ kind, auth, signing }: Pick<HostParts, 'kind' | 'auth' | 'signing'>): HookSenders {
  const isForm = kind.val() === 'form';
  const isUnproved = auth.val() === 'none' && chosenSecret(toText(signing.val())) === undefined;
  return { isForm, isOpen: isForm || isUnproved };
}
