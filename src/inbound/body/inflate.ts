import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { refusal, type Refusal } from '../refusals.ts';
import type { ContentEncoding } from './content.ts';

const gunzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflateZlib = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const unbrotli = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);

/** The body without its content encoding; what would grow beyond `limit` bytes is refused before it does. */
export async function inflate(
  bytes: Buffer,
  encoding: ContentEncoding,
  limit: number,
): Promise<Buffer | Refusal> {
  try {
    return await decode(bytes, encoding, limit);
  } catch (error) {
    const isTooLarge =
      error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return refusal(isTooLarge ? 'body_too_large' : 'malformed_encoding');
  }
}

async function decode(bytes: Buffer, encoding: ContentEncoding, maxOutputLength: number): Promise<Buffer> {
  switch (encoding) {
    case 'identity':
      return bytes;
    case 'gzip':
      return gunzip(bytes, { maxOutputLength });
    case 'br':
      return unbrotli(bytes, { maxOutputLength });
    case 'deflate':
      // RFC 9110 8.4.1.2: some senders leave out the zlib wrapper; its first byte says which it is.
      return ((bytes[0] ?? 0) & 0x0f) === 8
        ? inflateZlib(bytes, { maxOutputLength })
        : inflateRaw(bytes, { maxOutputLength });
  }
}
