import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import type { Content } from '../../../../src/inbound/body/content.ts';
import { parseBody } from '../../../../src/inbound/body/parse-body.ts';
import { measureJson } from '../../../../src/inbound/body/parse-json.ts';

const LIMIT = 1_000_000;
const json: Content = { format: 'json', type: 'application/json', encoding: 'identity' };
const form: Content = { format: 'form', type: 'application/x-www-form-urlencoded', encoding: 'identity' };
const multipart = (boundary: string): Content => ({
  format: 'multipart',
  type: `multipart/form-data; boundary=${boundary}`,
  encoding: 'identity',
});
const parse = (text: string | Uint8Array, content: Content = json) =>
  parseBody(Buffer.from(text), content, LIMIT);
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const fields = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, at])));

describe('A JSON body', () => {
  it('is any value, of two fields with one name the later', async () => {
    assert.deepEqual(await parse('{"a":1,"a":2}'), { value: { a: 2 }, files: [] });
    assert.deepEqual(await parse('[1]'), { value: [1], files: [] });
    assert.deepEqual(await parse('\ufeff{"a":1}'), { value: { a: 1 }, files: [] });
    assert.deepEqual(await parse('null'), { value: null, files: [] });
  });

  for (const text of ['{', '{"a":}', '', "{'a':1}", '{"a":1}x', '\u0000', 'NaN'])
    it(`is not ${JSON.stringify(text)}`, async () =>
      assert.deepEqual(await parse(text), { refused: 'malformed_json' }));

  it('is UTF-8', async () => {
    assert.deepEqual(await parse(Buffer.from('{"a":"é"}', 'latin1')), { refused: 'not_utf8' });
    assert.deepEqual(await parse(Buffer.from('{"a":1}', 'utf16le')), { refused: 'malformed_json' });
  });

  it('nests at most 100 levels deep, brackets in texts not counted', async () => {
    assert.ok('value' in (await parse(nested(100))));
    assert.deepEqual(await parse(nested(101)), { refused: 'too_deep' });
    assert.deepEqual(await parse(nested(10_000)), { refused: 'too_deep' });
    assert.deepEqual(await parse('['.repeat(400_000)), { refused: 'too_deep' });
    assert.ok('value' in (await parse(JSON.stringify({ a: `\\"${'['.repeat(500)}` }))));
  });

  it('has at most 1,000 fields at all levels together', async () => {
    assert.ok('value' in (await parse(fields(1000))));
    assert.deepEqual(await parse(fields(1001)), { refused: 'too_many_fields' });
    assert.deepEqual(await parse(fields(30_000)), { refused: 'too_many_fields' });
    assert.deepEqual(await parse(`[${fields(600)},${fields(600)}]`), { refused: 'too_many_fields' });
  });

  it('holds no name that changes the prototype of what it is copied into', async () => {
    for (const text of [
      '{"__proto__":{"polluted":true}}',
      '{"a":[{"__proto__":1}]}',
      '{"\\u005f_proto__":1}',
      '{"a":{"constructor":{"prototype":{"polluted":true}}}}',
    ])
      assert.deepEqual(await parse(text), { refused: 'forbidden_field' });
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('may hold names that only look dangerous', async () => {
    const value = {
      constructor: 'Acme',
      prototype: { a: 1 },
      hasOwnProperty: 1,
      refused: 1,
      note: '__proto__',
    };
    assert.deepEqual(await parse(JSON.stringify(value)), { value, files: [] });
  });

  it('is measured without being parsed', () => {
    assert.deepEqual(measureJson('{"a":[1,{"b:c":2}]}'), { depth: 3, fieldCount: 2 });
    assert.deepEqual(measureJson('"unclosed \\" :'), { depth: 0, fieldCount: 0 });
  });
});

describe('A form body', () => {
  it('is percent-encoded fields, of two with one name the later', async () => {
    const text = 'Account+Name=%C3%89quipe%201&a=1&a=2&empty=&refused=x';
    const value = { 'Account Name': 'Équipe 1', a: '2', empty: '', refused: 'x' };
    assert.deepEqual(await parse(text, form), { value, files: [] });
  });

  for (const text of ['a=%', 'a=%zz', 'a=%E9', 'a=%ff%fe'])
    it(`is not ${text}`, async () =>
      assert.deepEqual(await parse(text, form), { refused: 'malformed_form' }));

  it('is UTF-8 where it is not encoded', async () => {
    assert.deepEqual(await parse(Buffer.from('a=é', 'latin1'), form), { refused: 'not_utf8' });
  });

  it('has at most 1,000 fields, and none named __proto__', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `f${at}=1`).join('&');
    assert.ok('value' in (await parse(many(1000), form)));
    assert.deepEqual(await parse(many(100_000), form), { refused: 'too_many_fields' });
    assert.deepEqual(await parse('__proto__=1', form), { refused: 'forbidden_field' });
  });
});

describe('A multipart body', () => {
  const part = (head: string, body: string) =>
    `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;

  it('is fields and files', async () => {
    const file =
      '--B\r\nContent-Disposition: form-data; name="f"; filename="../../etc/a.csv"\r\nContent-Type: text/csv\r\n\r\nx,y\r\n';
    const parsed = await parse(
      `${part('name="Email"', 'a@b.c')}${part('name="Email"', 'd@e.f')}${file}--B--\r\n`,
      multipart('B'),
    );
    const buffer = Buffer.from('x,y');
    assert.deepEqual(parsed, {
      value: { Email: 'd@e.f' },
      files: [{ fieldname: 'f', originalname: 'a.csv', mimetype: 'text/csv', buffer, size: 3 }],
    });
  });

  const lies: Record<string, [string, Content]> = {
    'another boundary than it says': [`${part('name="a"', '1')}--B--\r\n`, multipart('C')],
    'no boundary': ['x', { ...multipart('B'), type: 'multipart/form-data' }],
    'no end': [part('name="a"', '1'), multipart('B')],
    'a part without a name': [`${part('', '1')}--B--\r\n`, multipart('B')],
    'a part without a head': ['--B\r\n\r\n1\r\n--B--\r\n', multipart('B')],
    'nothing in it': ['\r\n', multipart('B')],
    'a boundary that is too long': ['x', multipart('B'.repeat(5000))],
  };
  for (const [what, [text, content]] of Object.entries(lies))
    it(`is refused with ${what}`, async () =>
      assert.deepEqual(await parse(text, content), { refused: 'malformed_multipart' }));

  it('has at most 1,000 parts', async () => {
    const parts = Array.from({ length: 1001 }, (_, at) => part(`name="f${at}"`, '1')).join('');
    assert.deepEqual(await parse(`${parts}--B--\r\n`, multipart('B')), { refused: 'too_many_fields' });
  });

  it('has them at the boundary of its reader, whatever else its type says', async () => {
    const parts = part('name="f"; filename="x"', '1').repeat(1001);
    for (const lure of ['xboundary=Q; boundary=B', 'x="; boundary=Q"; boundary=B', 'boundary=B; boundary=Q'])
      assert.deepEqual(
        await parse(`${parts}--B--\r\n`, { ...multipart('B'), type: `multipart/form-data; ${lure}` }),
        { refused: 'too_many_fields' },
        lure,
      );
  });

  it('is UTF-8 in its fields, and bytes in its files', async () => {
    const latin = (text: string) => Buffer.from(`${text}--B--\r\n`, 'latin1');
    for (const text of [part('name="a"', 'é'), part('name="é"', '1')])
      assert.deepEqual(await parse(latin(text), multipart('B')), { refused: 'not_utf8' });
    assert.ok('value' in (await parse(latin(part('name="f"; filename="x"', 'é')), multipart('B'))));
    const sent = `${part('name="a"', '\ufffd')}${part('name="b"', '\ufffd é')}--B--\r\n`;
    assert.deepEqual(await parse(sent, multipart('B')), {
      value: { a: '\ufffd', b: '\ufffd é' },
      files: [],
    });
  });

  it('holds no file where a browser sends that none was chosen', async () => {
    const parts = `${part('name="f"; filename=""', '')}${part('name="g"; filename="empty.txt"', '')}`;
    const parsed = await parse(`${parts}--B--\r\n`, multipart('B'));
    assert.ok('files' in parsed);
    assert.deepEqual(
      parsed.files.map(({ originalname }) => originalname),
      ['empty.txt'],
    );
  });

  it('has no field or file named __proto__', async () => {
    for (const head of ['name="__proto__"', 'name="__proto__"; filename="x"'])
      assert.deepEqual(await parse(`${part(head, '1')}--B--\r\n`, multipart('B')), {
        refused: 'forbidden_field',
      });
  });

  it('may have a field named refused', async () => {
    assert.deepEqual(await parse(`${part('name="refused"', '1')}--B--\r\n`, multipart('B')), {
      value: { refused: '1' },
      files: [],
    });
  });
});

describe('An encoded body', () => {
  const text = Buffer.from('{"a":1}');
  const encoded = {
    gzip: zlib.gzipSync(text),
    deflate: zlib.deflateSync(text),
    br: zlib.brotliCompressSync(text),
  } as const;
  for (const [encoding, bytes] of Object.entries(encoded) as [keyof typeof encoded, Buffer][])
    it(`is inflated from ${encoding}`, async () =>
      assert.deepEqual(await parse(bytes, { ...json, encoding }), { value: { a: 1 }, files: [] }));

  it('may be deflated without the wrapper, as some senders do', async () => {
    const bytes = zlib.deflateRawSync(text);
    assert.deepEqual(await parse(bytes, { ...json, encoding: 'deflate' }), { value: { a: 1 }, files: [] });
  });

  it('is counted as it is inflated', async () => {
    const bomb = Buffer.alloc(20_000_000, ' ');
    for (const [encoding, bytes] of [
      ['gzip', zlib.gzipSync(bomb)],
      ['br', zlib.brotliCompressSync(bomb, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } })],
      ['deflate', zlib.deflateSync(bomb)],
    ] as const)
      assert.deepEqual(await parse(bytes, { ...json, encoding }), { refused: 'body_too_large' });
  });

  it('is refused when it is cut or not encoded so', async () => {
    for (const bytes of [encoded.gzip.subarray(0, 15), text])
      for (const encoding of ['gzip', 'deflate', 'br'] as const)
        assert.deepEqual(await parse(bytes, { ...json, encoding }), { refused: 'malformed_encoding' });
  });
});
