import { Tokenizer } from 'htmlparser2';

const DATA_TYPES = new Set(['application/ld+json', 'application/json']);

/**
 * The texts of the scripts in HTML that hold data: `application/ld+json` and `application/json`. They are only cut out, nothing is
 * run or built. It takes time that grows with the length alone: a parser looks through all open elements at each end tag.
 */
export function findDataScripts(html: string): string[] {
  const found = new FoundScripts(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, found);
  tokenizer.write(html);
  tokenizer.end();
  return found.texts;
}

type Callbacks = ConstructorParameters<typeof Tokenizer>[1];

/** Follows the tokens of HTML; positions are those in its text. */
class FoundScripts implements Callbacks {
  readonly texts: string[] = [];
  readonly #html: string;
  #isScript = false;
  #isType = false;
  #type: string | undefined;
  /** The text of a data script that is open. */
  #text: string | undefined;

  constructor(html: string) {
    this.#html = html;
  }

  onopentagname(start: number, end: number): void {
    this.#isScript = this.#lower(start, end) === 'script';
    this.#type = undefined;
  }

  onattribname(start: number, end: number): void {
    // Of an attribute that stands twice the first one counts, as in a browser.
    this.#isType = this.#isScript && this.#type === undefined && this.#lower(start, end) === 'type';
    if (this.#isType) this.#type = '';
  }

  onattribdata(start: number, end: number): void {
    this.#extendType(this.#html.slice(start, end));
  }

  onattribentity(codePoint: number): void {
    // Some template engines write `application/ld&#x2B;json`.
    this.#extendType(String.fromCodePoint(codePoint));
  }

  onattribend(): void {
    this.#isType = false;
  }

  onopentagend(): void {
    const [type = ''] = (this.#type ?? '').split(';', 1);
    if (this.#isScript && DATA_TYPES.has(type.trim().toLowerCase())) this.#text = '';
  }

  ontext(start: number, end: number): void {
    if (this.#text !== undefined) this.#text += this.#html.slice(start, end);
  }

  onclosetag(): void {
    this.#close();
  }

  onend(): void {
    this.#close();
  }

  onselfclosingtag = ignore;
  ontextentity = ignore;
  oncdata = ignore;
  oncomment = ignore;
  ondeclaration = ignore;
  onprocessinginstruction = ignore;

  #extendType(text: string): void {
    if (this.#isType) this.#type = (this.#type ?? '') + text;
  }

  #close(): void {
    if (this.#text !== undefined) this.texts.push(this.#text);
    this.#text = undefined;
  }

  #lower(start: number, end: number): string {
    // Only short names are of interest, and one may be as long as the mail.
    return end - start > 'script'.length ? '' : this.#html.slice(start, end).toLowerCase();
  }
}

function ignore(): void {
  // Nothing in it is of interest.
}
