import { isGroupName } from '../../../src/external-data/parameter.ts';
import { textKey } from '../../../src/text-key.ts';
import { toText } from './text.ts';

/** Whether a group can have this name, which no other group may have. */
export function isFreeGroupName(name: string, group: EditorNode): boolean {
  let isTaken = false;
  RED.nodes.eachConfig((config) => {
    const isOther = config.type === group.type && config.id !== group.id && 'name' in config;
    if (isOther && textKey(toText(config.name)) === textKey(name)) isTaken = true;
    return undefined;
  });
  return isGroupName(name) && !isTaken;
}
