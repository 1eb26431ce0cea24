/** A list of ids. The editor turns a list of one into its text when the config node is deleted or that is undone. */
export function toIds(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((id): id is string => typeof id === 'string' && id !== '');
}
