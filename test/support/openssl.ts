/** A second opinion on signatures, from a program that has nothing of ours. */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

/** How `openssl dgst` is told a key: as the text it is, or as bytes in hex. */
export type OpensslKey = { readonly text: string } | { readonly hex: string };

/** HMAC-SHA256 of the parts one after the other. */
export async function opensslHmac(key: OpensslKey, ...parts: readonly (string | Buffer)[]): Promise<Buffer> {
  const options = 'text' in key ? ['-hmac', key.text] : ['-mac', 'HMAC', '-macopt', `hexkey:${key.hex}`];
  const child = spawn('openssl', ['dgst', '-sha256', ...options, '-binary'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  for (const part of parts) child.stdin.write(part);
  child.stdin.end();
  return Promise.race([buffer(child.stdout), failed]);
}
