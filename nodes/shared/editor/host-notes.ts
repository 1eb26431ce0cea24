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
  /** Say of a webhook and of a form that they are open to everyone. */
  open: JQuery;
  form: JQuery;
}

/** Says what Node-RED's settings make of the hook as its dialog stands. */
export function hostNotes(parts: HostParts, words: Words): void {
  const { kind, auth, signing, list, section, open, form } = parts;
  const host = RED.settings.inboundHookInHost;
  section.toggle(host !== undefined);
  const update = (): void => {
    const senders = readSenders({ kind, auth, signing });
    const isPublic = senders.isOpen && !(host && isGuarded(host, senders));
    open.toggle(isPublic && !senders.isForm);
    form.toggle(isPublic && senders.isForm);
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
