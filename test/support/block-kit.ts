type Fields = Readonly<Record<string, unknown>>;

/** From here on Slack answers `msg_blocks_too_long`, as people found out. */
const TOTAL = 13_200;

/**
 * The rules of Slack's Block Kit that a message for an incoming webhook breaks, for the blocks header, section, context and divider;
 * anything else is reported as unknown. Lengths are in UTF-16 units of what is sent, which is never less than what Slack
 * counts. Source: docs.slack.dev, reference of blocks and of the text object, formatting of message text.
 */
export function brokenRules(message: unknown): string[] {
  const { text, blocks, ...others } = fieldsOf(message);
  const list = Array.isArray(blocks) ? (blocks as unknown[]) : [];
  const total = list.flatMap(textsIn).reduce((sum, { length }) => sum + length, 0);
  return [
    ...unknownKeys('message', others, ['unfurl_links', 'unfurl_media']),
    ...textRules('text', text, 40_000),
    ...broken(list.length < 1 || list.length > 50, 'blocks: 1 to 50'),
    ...broken(total > TOTAL, `blocks: ${total} characters in all`),
    ...list.flatMap((block, at) => blockRules(`blocks/${at}`, fieldsOf(block))),
  ];
}

/** The texts in a block, as they are sent. */
export function textsIn(block: unknown): string[] {
  if (Array.isArray(block)) return block.flatMap(textsIn);
  if (typeof block !== 'object' || block === null) return [];
  const own = 'text' in block && typeof block.text === 'string' ? [block.text] : [];
  return [...own, ...Object.values(block).flatMap(textsIn)];
}

function blockRules(path: string, block: Fields): string[] {
  switch (block['type']) {
    case 'header':
      return [
        ...keys(path, block, ['text']),
        ...objectRules(`${path}/text`, block['text'], 150, 'plain_text'),
      ];
    case 'section':
      return sectionRules(path, block);
    case 'context':
      return [...keys(path, block, ['elements']), ...listRules(`${path}/elements`, block['elements'], 3000)];
    case 'divider':
      return keys(path, block, []);
    default:
      return [`${path}: unknown block`];
  }
}

function sectionRules(path: string, block: Fields): string[] {
  const { text, fields } = block;
  return [
    ...keys(path, block, ['text', 'fields']),
    ...broken(text === undefined && fields === undefined, `${path}: neither text nor fields`),
    ...(text === undefined ? [] : objectRules(`${path}/text`, text, 3000)),
    ...(fields === undefined ? [] : listRules(`${path}/fields`, fields, 2000)),
  ];
}

function listRules(path: string, value: unknown, limit: number): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  return [
    ...broken(list.length < 1 || list.length > 10, `${path}: 1 to 10`),
    ...list.flatMap((text, at) => objectRules(`${path}/${at}`, text, limit)),
  ];
}

function objectRules(path: string, value: unknown, limit: number, only?: string): string[] {
  const { type, text, emoji, verbatim, ...others } = fieldsOf(value);
  const isPlain = type === 'plain_text';
  return [
    ...unknownKeys(path, others, []),
    ...broken(!isPlain && (type !== 'mrkdwn' || only !== undefined), `${path}: type`),
    ...broken(emoji !== undefined && !(isPlain && typeof emoji === 'boolean'), `${path}: emoji`),
    ...broken(verbatim !== undefined && (isPlain || typeof verbatim !== 'boolean'), `${path}: verbatim`),
    ...textRules(path, text, limit),
    ...broken(isPlain && /[<>]/.test(String(text)), `${path}: control character`),
  ];
}

function textRules(path: string, text: unknown, limit: number): string[] {
  if (typeof text !== 'string' || text.trim() === '') return [`${path}: empty`];
  return [
    ...broken(text.length > limit, `${path}: over ${limit}`),
    ...broken(/[\p{Cs}\0]/u.test(text), `${path}: not well formed`),
    ...broken(/&(?!(?:amp|lt|gt);)/.test(text), `${path}: entity`),
    ...broken(
      /[<>]/.test(text.replace(/<https?:\/\/[^<>|\s]+\|[^<>|\n]+>/g, '')),
      `${path}: control character`,
    ),
  ];
}

const keys = (path: string, block: Fields, own: readonly string[]): string[] =>
  unknownKeys(path, block, ['type', 'block_id', ...own]);

const unknownKeys = (path: string, value: Fields, known: readonly string[]): string[] =>
  Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${path}: unknown ${key}`);

const broken = (isBroken: boolean, rule: string): string[] => (isBroken ? [rule] : []);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
