import { areExternalFields, type FieldRow } from '../shared/editor/external-field.ts';
import { externalFields, readExternalFields } from '../shared/editor/external-fields.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { isFreeGroupName } from '../shared/editor/group-name.ts';
import { check, checkList } from '../shared/editor/validators.ts';

interface ExternalDataGroup {
  name: string;
  subjectKind: string;
  fields: FieldRow[];
}

RED.nodes.registerType<ExternalDataGroup>('external-data-group', {
  category: 'config',
  defaults: {
    name: { value: '', validate: check('external-data-group.errors.name', isFreeGroupName) },
    subjectKind: { value: 'ticket' },
    fields: { value: [], validate: checkList('external-data-group.errors.fields', areExternalFields) },
  },
  label() {
    return this.name || 'external-data-group';
  },
  oneditprepare() {
    fillMissing(this, 'node-config-input');
    externalFields(
      { list: $('#external-data-group-fields'), group: $('#node-config-input-name') },
      this.fields,
      this._,
    );
  },
  oneditsave() {
    this.fields = readExternalFields($('#external-data-group-fields'));
  },
});
