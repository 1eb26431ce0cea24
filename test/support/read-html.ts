import { Parser } from 'htmlparser2';

export interface ReadTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text in it, with `\n` where a line is broken. */
  text: string;
}

/** HTML as a browser understands it: every tag that opens, in order, and all the text, where `<br>` and `</p>` end a line. Comments and the like are tags called `!`. */
export function readHtml(html: string): { readonly tags: readonly ReadTag[]; readonly text: string } {
  const tags: ReadTag[] = [];
  const open: ReadTag[] = [];
  let text = '';
  const add = (more: string): void => {
    text += more;
    for (const tag of open) tag.text += more;
  };
  const openTag = (name: string, attributes: Record<string, string>): void => {
    const tag = { name, attributes, text: '' };
    tags.push(tag);
    open.push(tag);
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      openTag(name, attributes);
      if (name === 'br') add('\n');
    },
    onclosetag(name) {
      open.pop();
      if (name === 'p') add('\n');
    },
    ontext: add,
    oncomment: () => tags.push({ name: '!', attributes: {}, text: '' }),
    onprocessinginstruction: () => tags.push({ name: '!', attributes: {}, text: '' }),
  });
  parser.end(html);
  return { tags, text };
}
