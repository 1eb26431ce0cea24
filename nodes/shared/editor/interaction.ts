/** Looks up words by key, as the editor's `_` does. */
type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The bytes of a body as debug shows them, cut. */
interface ShownBody {
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
  /** Before the cut, in bytes. */
  readonly size: number;
  readonly cut: boolean;
}

interface ShownPart {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: ShownBody | null;
}

/** One request to a hook, as the admin API gives it. Strangers wrote what is in it. */
export interface Interaction {
  readonly receivedAt: string;
  readonly remoteAddress: string | null;
  readonly request: ShownPart & { readonly method: string; readonly url: string; readonly protocol: string };
  readonly decision: {
    readonly outcome: string;
    readonly code: string | null;
    readonly reason: string | null;
    readonly eventId: string | null;
  };
  /** Null while there is none. */
  readonly answer: (ShownPart & { readonly statusCode: number }) | null;
}

/** The request as it came over the wire, as text. */
export const requestText = ({ request }: Interaction, words: Words): string =>
  partText(`${request.method} ${request.url} ${request.protocol}`, request, words);

/** The answer, as text; undefined while there is none. */
export const answerText = ({ answer }: Interaction, words: Words): string | undefined =>
  answer ? partText(String(answer.statusCode), answer, words) : undefined;

function partText(firstLine: string, { headers, body }: ShownPart, words: Words): string {
  const head = [firstLine, ...headers.map(({ name, value }) => `${name}: ${value}`)];
  if (!body) return head.join('\n');
  const note = noteOn(body, words);
  return [...head, '', ...(note === '' ? [] : [note]), body.content].join('\n');
}

function noteOn({ encoding, size, cut }: ShownBody, words: Words): string {
  if (cut) return words(`interaction.cut-${encoding}`, { size });
  return encoding === 'base64' ? words('interaction.base64', { size }) : '';
}
