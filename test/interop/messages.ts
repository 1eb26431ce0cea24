import type { Message } from '../support/signing.ts';

/** What is signed, by us and by the vendors' libraries. */
export interface KindMessage extends Message {
  readonly kind: BodyKind;
}

const BODIES = {
  JSON: Buffer.from('{"event":"response","score":9}'),
  'JSON with spaces': Buffer.from('{"a": 1 }'),
  'umlauts and emoji': Buffer.from('{"comment":"Schöne Grüße, 客户 🎉"}'),
  'line ends of both kinds': Buffer.from('{\r\n  "a": 1\n}\n'),
  form: Buffer.from('Score=9&Comment=Tr%C3%A8s+bien&Account=&Zip=01234&account=x'),
  empty: Buffer.alloc(0),
  'a byte order mark': Buffer.from('\uFEFF{"a":1}'),
  'not UTF-8': Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x80]),
} as const;

export type BodyKind = keyof typeof BODIES;

/** One message of each kind, sent at that time. */
export const messagesAt = (now: number): KindMessage[] =>
  Object.entries(BODIES).map(([kind, body]) => ({
    kind: kind as BodyKind,
    body,
    contentType: kind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
    id: `msg_${kind.replaceAll(/\W/g, '-')}`,
    method: 'POST',
    url: 'https://hooks.example.com/surveys/incoming?tenant=a%20b&lang=de',
    now,
  }));
