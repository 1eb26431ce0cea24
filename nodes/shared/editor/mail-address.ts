import { readLocalPart } from '../../../src/email/local-part.ts';
import { randomText } from './random-text.ts';

/** A new local part that nobody can guess: over 100 random bits. In small letters, as mail systems take them for the same. */
export const newLocalPart = (): string => `hook-${randomText(16).toLowerCase()}`;

/** Whether a hook can have this local part. */
export const isLocalPart = (text: string): boolean => readLocalPart(text) !== undefined;

/** Whether both are the same address. */
export const isSameLocalPart = (one: string, other: string): boolean =>
  readLocalPart(one) !== undefined && readLocalPart(one) === readLocalPart(other);
