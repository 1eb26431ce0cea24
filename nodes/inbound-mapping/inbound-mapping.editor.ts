import { autoPopulate, type AutoPopulate } from '../shared/editor/auto-populate.ts';
import { builtInFields, dataTypeOf } from '../shared/editor/built-in-fields.ts';
import { fillFromRequests } from '../shared/editor/fill-from-requests.ts';
import { mappingFieldsFor } from '../shared/editor/example-mapping-fields.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { areMappingFields, type MappingField } from '../shared/editor/mapping-field.ts';
import { findMappingField, mappingFields, readMappingFields } from '../shared/editor/mapping-fields.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { toText } from '../shared/editor/text.ts';
import { checkList } from '../shared/editor/validators.ts';

interface InboundMapping {
  name: string;
  dataType: string;
  fields: MappingField[];
  unknownFields: string;
  /** The properties that are filled in from the store; null = all. */
  autoPopulate: string[] | null;
}

/** The open dialog's. Dialogs of this type cannot lie over each other. */
let fill: AutoPopulate | undefined;
let stopFilling = (): void => undefined;

RED.nodes.registerType<InboundMapping>('inbound-mapping', {
  category: 'config',
  defaults: {
    name: { value: '' },
    dataType: { value: 'contacts' },
    fields: { value: [], validate: checkList('inbound-mapping.errors.fields', areMappingFields) },
    unknownFields: { value: 'keep' },
    autoPopulate: { value: null },
  },
  label() {
    return this.name || this.dataType || 'inbound-mapping';
  },
  oneditprepare() {
    const list = $('#inbound-mapping-fields');
    fillMissing(this, 'node-config-input');
    mappingFields(list, this.fields, this._);
    builtInFields(
      {
        dataType: $('#node-config-input-dataType'),
        table: $('#inbound-mapping-built-in'),
        rule: $('#inbound-mapping-required'),
      },
      ({ field, property, required }) => {
        if (!findMappingField(list, property))
          list.editableList('addItem', { field, property, required: required === true });
        findMappingField(list, property)?.find('[data-field=field]').trigger('focus');
      },
      this._,
    );
    showWhen('node-config-input', '#inbound-mapping-dialog');
    fill = autoPopulate(
      {
        dataType: $('#node-config-input-dataType'),
        fields: list,
        choice: $('#inbound-mapping-fill'),
        boxes: $('#inbound-mapping-fill-list'),
      },
      this.autoPopulate,
    );
    stopFilling = fillFromRequests(
      this,
      { last: $('#inbound-mapping-last-request'), note: $('#inbound-mapping-filled') },
      {
        words: (key, values) => this._(`inbound-mapping.example.${key}`, values),
        fill: (fields) => {
          const { fields: builtIns } = dataTypeOf(toText($('#node-config-input-dataType').val()));
          const rows = mappingFieldsFor(fields, { rows: readMappingFields(list), builtIns });
          for (const row of rows) list.editableList('addItem', row);
          return rows.length;
        },
      },
    );
  },
  oneditcancel() {
    stopFilling();
  },
  oneditdelete() {
    stopFilling();
  },
  oneditsave() {
    stopFilling();
    this.fields = readMappingFields($('#inbound-mapping-fields'));
    this.autoPopulate = fill?.read() ?? null;
  },
});
