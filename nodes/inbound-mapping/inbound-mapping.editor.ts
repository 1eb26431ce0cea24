import { builtInFields } from '../shared/editor/built-in-fields.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { areMappingFields, type MappingField } from '../shared/editor/mapping-field.ts';
import { findMappingField, mappingFields, readMappingFields } from '../shared/editor/mapping-fields.ts';
import { checkList } from '../shared/editor/validators.ts';

interface InboundMapping {
  name: string;
  dataType: string;
  fields: MappingField[];
  unknownFields: string;
  /** No part of the dialog; kept as the flow has it. */
  autoPopulate: string[] | null;
}

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
  },
  oneditsave() {
    this.fields = readMappingFields($('#inbound-mapping-fields'));
  },
});
