import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { VendorAnswer } from '../support/signing.ts';
import { messagesAt } from './messages.ts';
import type { Vendor } from './vendor.ts';
import { VENDORS } from './vendors/vendors.ts';

/** Where the ordinary tests read what the libraries said. */
export const FROZEN_FILE = path.join(import.meta.dirname, '..', 'fixtures', 'signatures', 'vendors.json');

/** 2023-11-14T22:13:20.456Z: with milliseconds, which most schemes drop. */
const FROZEN_AT = 1_700_000_000_456;

/** What each library signs. The same each time. */
export async function whatTheySay(): Promise<VendorAnswer[]> {
  const answers: VendorAnswer[] = [];
  for (const vendor of VENDORS) answers.push(...(await answersOf(vendor)));
  return answers;
}

async function answersOf(vendor: Vendor): Promise<VendorAnswer[]> {
  const { library, scheme, secret, limits } = vendor;
  const version = await versionOf(library);
  const messages = messagesAt(FROZEN_AT).filter(({ kind }) => !(kind in limits));
  return Promise.all(
    messages.map(async (plain) => {
      const { body, ...message } = vendor.adapt?.(plain) ?? plain;
      const headers = await vendor.sign({ ...message, body }, secret);
      return { library, version, scheme, secret, ...message, headers, bodyBase64: body.toString('base64') };
    }),
  );
}

async function versionOf(library: string): Promise<string> {
  const file = path.join(import.meta.dirname, 'node_modules', library, 'package.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
