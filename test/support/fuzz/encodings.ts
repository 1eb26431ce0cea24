import zlib from 'node:zlib';
import type { SeededRandom } from '../seeded-random.ts';

interface Encoded {
  readonly name: string;
  readonly body: Buffer;
}

/** Zeros that deflate to a thousandth of their size and less. */
const ZEROS = Buffer.alloc(16 * 1024 * 1024);
const GZIP_BOMB = zlib.gzipSync(ZEROS);
const BROTLI_BOMB = zlib.brotliCompressSync(ZEROS, {
  params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1, [zlib.constants.BROTLI_PARAM_LGWIN]: 24 },
});

const ENCODERS: readonly ((body: Buffer, random: SeededRandom) => Encoded)[] = [
  (body) => ({ name: 'gzip', body: zlib.gzipSync(body) }),
  (body) => ({ name: 'x-gzip', body: zlib.gzipSync(body) }),
  (body) => ({ name: 'br', body: zlib.brotliCompressSync(body) }),
  (body) => ({ name: 'deflate', body: zlib.deflateSync(body) }),
  (body) => ({ name: 'deflate', body: zlib.deflateRawSync(body) }),
  (body) => ({ name: 'GZip', body: zlib.gzipSync(body) }),
  (body) => ({ name: 'identity', body }),
  (body) => ({ name: '', body }),
  (body, random) => ({ name: 'gzip', body: cut(zlib.gzipSync(body), random) }),
  (body, random) => ({ name: 'br', body: cut(zlib.brotliCompressSync(body), random) }),
  (body, random) => ({ name: 'deflate', body: cut(zlib.deflateSync(body), random) }),
  (body, random) => ({ name: 'gzip', body: Buffer.concat([zlib.gzipSync(body), random.bytes(20)]) }),
  (body) => ({ name: 'gzip', body: Buffer.concat([zlib.gzipSync('{"a":'), zlib.gzipSync('1}'), body]) }),
  (body) => ({ name: 'gzip', body }),
  (body) => ({ name: 'deflate', body }),
  (_, random) => ({ name: random.pick(['gzip', 'br', 'deflate']), body: random.bytes(100) }),
  () => ({ name: 'gzip', body: GZIP_BOMB }),
  () => ({ name: 'br', body: BROTLI_BOMB }),
  () => ({ name: 'gzip', body: zlib.gzipSync(GZIP_BOMB) }),
  (body) => ({ name: 'gzip, gzip', body: zlib.gzipSync(zlib.gzipSync(body)) }),
  (body, random) => ({
    name: random.pick(['zstd', 'compress', 'aes128gcm', '*', 'gzip;q=1', '\u00e9']),
    body,
  }),
];

/** The body with a `Content-Encoding`, which may lie, be cut short or blow up. */
export const encode = (body: Buffer, random: SeededRandom): Encoded => random.pick(ENCODERS)(body, random);

const cut = (body: Buffer, random: SeededRandom): Buffer => body.subarray(0, random.below(body.length));
