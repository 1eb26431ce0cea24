import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { ExternalDataGroup } from '../../src/external-data/external-data.ts';
import type { GroupDirectory } from '../../src/external-data/group-directory.ts';
import { parseGroup, type GroupSettings } from '../../src/external-data/group-settings.ts';
import { textKey } from '../../src/text-key.ts';
import { engineHost } from '../shared/runtime/engine/engine-host.ts';
import { expandSettings } from '../shared/runtime/settings.ts';

type GroupDef = NodeDef & Omit<GroupSettings, 'id' | 'credentials'>;

/** Names values from elsewhere that are kept of a user, a ticket or a project. Nodes find the group by its id, tags by its name. */
export default function register(RED: NodeAPI): void {
  function ExternalDataGroupNode(this: Node, config: GroupDef): void {
    RED.nodes.createNode(this, config);
    const host = engineHost(RED);
    const { name, subjectKind, fields } = expandSettings(RED, this, config);
    const parsed = parseGroup({
      id: this.id,
      name,
      fields,
      ...(subjectKind !== undefined && { subjectKind }),
    });
    if (parsed.kind === 'valid') host.groups.set(parsed.group);
    else {
      host.groups.remove(this.id);
      for (const { setting, message } of parsed.problems)
        this.error(`${RED._('external-data-group.errors.invalid')} ${setting}: ${message}`);
    }
    const unlisten = host.onFlowsRun(() => {
      if (parsed.kind === 'valid' && isNameTaken(parsed.group, host.groups))
        this.error(RED._('external-data-group.errors.name-taken'));
    });
    this.on('close', (removed: boolean, done: () => void) => {
      unlisten();
      if (removed) host.groups.remove(this.id);
      done();
    });
  }
  RED.nodes.registerType('external-data-group', ExternalDataGroupNode);
}

const isNameTaken = ({ id, name }: ExternalDataGroup, groups: GroupDirectory): boolean =>
  groups.all().some((other) => other.id !== id && textKey(other.name) === textKey(name));
