/** What an alias becomes: a new row, one that names another account from now on, or what it is already. */
export type AliasPlace = 'new' | 'moved' | 'unchanged' | 'conflict';

/**
 * What becomes of an alias. Ids are of accounts; undefined = none. The name of another account cannot be an alias too (`conflict`): it
 * would name two accounts. An account's own name needs no alias.
 */
export function placeAlias({
  accountId,
  isOwnName,
  nameOwnerId,
  aliasOwnerId,
}: {
  /** The account that the alias is for; undefined = one that is not there yet. */
  readonly accountId: number | undefined;
  /** Whether the alias has the key of the name that the change gives its account. */
  readonly isOwnName: boolean;
  /** The account whose name has the alias's key. */
  readonly nameOwnerId: number | undefined;
  /** The account that has the alias at present. */
  readonly aliasOwnerId: number | undefined;
}): AliasPlace {
  if (nameOwnerId !== undefined) return nameOwnerId === accountId ? 'unchanged' : 'conflict';
  if (isOwnName) return 'unchanged';
  if (aliasOwnerId === undefined) return 'new';
  return aliasOwnerId === accountId ? 'unchanged' : 'moved';
}
