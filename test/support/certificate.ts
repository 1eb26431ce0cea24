/** Certificates for tests, made when they are needed. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** Key and certificate in one (PKCS #12). */
export async function makePfx(
  { key, cert }: { readonly key: string; readonly cert: string },
  passphrase: string,
): Promise<Buffer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'survey-hooks-certificate-'));
  try {
    const [pem, pfx] = [path.join(folder, 'both.pem'), path.join(folder, 'both.p12')];
    await writeFile(pem, `${key}\n${cert}`);
    const options = ['pkcs12', '-export', '-in', pem, '-out', pfx, '-passout', `pass:${passphrase}`];
    await promisify(execFile)('openssl', options);
    return await readFile(pfx);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A key and a certificate for `localhost` that it signs itself. */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'survey-hooks-certificate-'));
  try {
    const [keyFile, certFile] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const options =
      '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
    await promisify(execFile)('openssl', [
      'req',
      ...options.split(' '),
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ]);
    return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
