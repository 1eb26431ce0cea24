import { isHeaderValue } from '../platform/http-header.ts';

/**
 * Whether an id can be signed before a timestamp with only a dot between. One with a timestamp in it cannot: of `a.1700000000.b`
 * nobody could tell where the id ends, so whoever may choose the start of a body could make a new request of an old one
 * (Standard Webhooks, "Signature scheme", warns of it). Other dots are let through: some senders have them.
 */
export const isSignableId = (id: string): boolean =>
  id !== '' && isHeaderValue(id) && !/\.\d{10}(?:\.|$)/.test(id);
