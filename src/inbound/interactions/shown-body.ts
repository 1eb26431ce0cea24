import type { ShownBody } from './interaction.ts';
import { maskText } from './mask-exchange.ts';

/** How much of a body is shown. */
const MOST_BYTES = 64 * 1024;

/** The bytes of a body as they may be shown. They are copied: what is shown does not hold the whole body in memory. */
export function showBody(bytes: Uint8Array, size = bytes.length): ShownBody {
  const cut = bytes.subarray(0, MOST_BYTES);
  const isCut = cut.length < size;
  const text = decodeUtf8(cut, isCut);
  return text === undefined
    ? { content: Buffer.from(cut).toString('base64'), encoding: 'base64', size, isCut }
    : { content: maskText(text), encoding: 'utf8', size, isCut };
}

function decodeUtf8(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    // A cut may go through a character: what is begun at the end is left out then.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

/** Gathers the beginning of a body that comes in parts. */
export class BodyCollector {
  readonly #parts: Uint8Array[] = [];
  #kept = 0;
  #size = 0;

  add(part: Uint8Array): void {
    this.#size += part.length;
    const room = MOST_BYTES - this.#kept;
    if (room <= 0) return;
    // A copy: whoever wrote the part may use its memory again.
    const kept = Uint8Array.from(part.subarray(0, room));
    this.#parts.push(kept);
    this.#kept += kept.length;
  }

  /** Undefined = nothing came. */
  show(): ShownBody | undefined {
    return this.#size === 0 ? undefined : showBody(Buffer.concat(this.#parts, this.#kept), this.#size);
  }

  clear(): void {
    this.#parts.splice(0);
    this.#kept = MOST_BYTES;
  }
}
