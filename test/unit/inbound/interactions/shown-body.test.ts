import assert from 'node:assert/strict';
import { BodyCollector, showBody } from '../../../../src/inbound/interactions/shown-body.ts';

const LIMIT = 64 * 1024;

describe('What is shown of a body', () => {
  it('is text where it is UTF-8, to the byte', () => {
    const text = '\ufeff{"a": "ü"}\r\n';
    assert.deepEqual(showBody(Buffer.from(text)), {
      content: text,
      encoding: 'utf8',
      size: Buffer.byteLength(text),
      isCut: false,
    });
  });

  it('is base64 where it is not', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0);
    assert.deepEqual(showBody(bytes), { content: '//4A', encoding: 'base64', size: 3, isCut: false });
  });

  it('is whole at 64 KB and cut beyond, also through a character', () => {
    assert.equal(showBody(Buffer.alloc(LIMIT, 'a')).isCut, false);
    const shown = showBody(Buffer.from(`${'a'.repeat(LIMIT - 1)}üü`));
    assert.deepEqual(
      { ...shown, content: shown.content.length },
      {
        content: LIMIT - 1,
        encoding: 'utf8',
        size: LIMIT + 3,
        isCut: true,
      },
    );
  });

  it('is not taken for text because of a character that is begun at the end', () => {
    assert.equal(showBody(Buffer.from([0x61, 0xc3])).encoding, 'base64');
  });

  it('is masked where a key of a hook stands in it', () => {
    const key = `shk_${'aB3-_'.repeat(8)}xyz`;
    assert.equal(showBody(Buffer.from(`{"key":"${key}"}`)).content, '{"key":"[secret]"}');
  });

  it('is gathered from parts, as copies, as far as it is shown', () => {
    const collector = new BodyCollector();
    assert.equal(collector.show(), undefined);
    const part = Buffer.from('ab');
    collector.add(part);
    part.fill('x');
    collector.add(Buffer.alloc(LIMIT, 'c'));
    collector.add(Buffer.alloc(10));
    const shown = collector.show();
    assert.deepEqual([shown?.size, shown?.isCut], [LIMIT + 12, true]);
    assert.equal(shown?.content, `ab${'c'.repeat(LIMIT - 2)}`);
  });
});
