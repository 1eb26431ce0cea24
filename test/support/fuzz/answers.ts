/** An HTTP response as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** Names in small letters; of two with one name the later. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Answers {
  /** Without those that only announce another, such as 100. */
  readonly answers: readonly Answer[];
  /** What is no whole response. */
  readonly rest: string;
}

/** The responses in what a connection received, as latin1. `mayBeHeads`: one of them may answer a HEAD, without its body. */
export function parseAnswers(received: string, mayBeHeads: boolean): Answers {
  const answers: Answer[] = [];
  let rest = received;
  for (let parsed = parseOne(rest, mayBeHeads); parsed; parsed = parseOne(rest, mayBeHeads)) {
    if (parsed.answer.status >= 200) answers.push(parsed.answer);
    rest = rest.slice(parsed.length);
  }
  return { answers, rest };
}

function parseOne(text: string, mayBeHead: boolean): { answer: Answer; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers = new Map(lines.map(parseLine));
  const after = text.slice(end + 4);
  const body = readBody(after, headers, mayBeHead);
  return (
    body && { answer: { status: Number(status), headers, body: body.text }, length: end + 4 + body.length }
  );
}

function parseLine(line: string): [string, string] {
  const mark = line.indexOf(':');
  return [line.slice(0, mark).toLowerCase(), line.slice(mark + 1).trim()];
}

interface Body {
  readonly text: string;
  /** With what frames it. */
  readonly length: number;
}

function readBody(after: string, headers: Answer['headers'], mayBeHead: boolean): Body | undefined {
  if (mayBeHead && (after === '' || after.startsWith('HTTP/1.1 '))) return { text: '', length: 0 };
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(after);
  const length = Number(headers.get('content-length') ?? 0);
  return after.length < length ? undefined : { text: after.slice(0, length), length };
}

function readChunks(after: string): Body | undefined {
  let text = '';
  for (let at = 0; ;) {
    const end = after.indexOf('\r\n', at);
    const size = parseInt(after.slice(at, end), 16);
    if (end < 0 || Number.isNaN(size) || after.length < end + size + 4) return undefined;
    text += after.slice(end + 2, end + 2 + size);
    at = end + size + 4;
    if (size === 0) return { text, length: at };
  }
}
