import { factsOf } from '../../../src/survey/formats/format-facts.ts';
import { vendorOf } from './format-words.ts';
import { toText } from './text.ts';

/** Says below the choice of a format how its target takes it: method, address and answer. */
export function formatFactsLine(format: JQuery, line: JQuery, words: Words): void {
  const update = (): void => {
    const id = toText(format.val());
    const facts = factsOf(id);
    line.toggle(facts !== undefined);
    if (!facts) return;
    const address = `${words(`payload-format.address.${vendorOf(id)}`)}${withTag(facts.path)}`;
    line.text(words('payload-format.facts', { method: facts.method, address, answers: facts.answers }));
  };
  format.on('change', update);
  update();
}

/** A path as it can be copied into the URL of an endpoint: the ticket's place is that of a tag. */
const withTag = (path: string): string => path.replace(/<(?:ticket id|issue key)>/, '{{ticketId}}');
