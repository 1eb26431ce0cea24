/**
 * The ids of a setting that lists endpoints. Node-RED's editor turns a list of one into its text when the config node in it is
 * deleted and that is undone.
 */
export function toIds(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((id): id is string => typeof id === 'string' && id !== '');
}
