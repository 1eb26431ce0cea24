import { matchRows } from '../../../src/mapping/match-rows.ts';
import { dataTypeOf } from './built-in-fields.ts';
import { readMappingFields } from './mapping-fields.ts';
import { toText } from './text.ts';

interface AutoPopulateParts {
  dataType: JQuery;
  /** The list of the mapping's own fields. */
  fields: JQuery;
  /** Whether `all` is filled in, or `some`. */
  choice: JQuery;
  /** Where the boxes to tick go. */
  boxes: JQuery;
}

/** The choice of what is filled in from the store. */
export interface AutoPopulate {
  /** The properties that are ticked; null for all of them, and where nothing is filled in. */
  read(): string[] | null;
}

/** Of the invitation alone, so that the store has nothing to fill it in from. */
const NEVER_STORED = 'touchpoint';

/** Lets a person choose which properties of an invitation are filled in; the boxes follow the fields of the mapping as they are changed. */
export function autoPopulate(parts: AutoPopulateParts, chosen: readonly string[] | null): AutoPopulate {
  const { dataType, fields, choice, boxes } = parts;
  const ticked = (): string[] =>
    boxes
      .find('input:checked')
      .toArray()
      .map((box) => toText($(box).val()));
  const draw = (wanted: readonly string[]): void => {
    boxes.empty().append(propertiesOf(parts).map((property) => box(property, wanted.includes(property))));
  };
  const show = (): void => void boxes.toggle(choice.val() === 'some');
  choice.val(chosen ? 'some' : 'all').on('change', show);
  dataType.on('change', () => draw(ticked()));
  fields.on('change', () => draw(ticked()));
  draw(chosen ?? propertiesOf(parts));
  show();
  return {
    read() {
      draw(ticked());
      const isFilledIn = dataTypeOf(toText(dataType.val())).isAutoPopulated === true;
      return isFilledIn && choice.val() === 'some' ? ticked() : null;
    },
  };
}

/** The properties of the mapping as its dialog stands: the built-in ones, perhaps renamed, and its own. */
function propertiesOf({ dataType, fields }: AutoPopulateParts): string[] {
  const builtIns = dataTypeOf(toText(dataType.val())).fields;
  const rows = readMappingFields(fields);
  const matches = matchRows(builtIns, rows);
  const changed = new Set(matches.values());
  const own = rows.filter((row) => !changed.has(row) && row.property !== '');
  const stored = builtIns.filter(({ property }) => property !== NEVER_STORED);
  return [...stored.map((builtIn) => matches.get(builtIn) ?? builtIn), ...own].map(
    ({ property }) => property,
  );
}

function box(property: string, isTicked: boolean): JQuery {
  const label = $('<label class="survey-hooks-check" style="display: inline-block">');
  $('<input type="checkbox">').val(property).prop('checked', isTicked).appendTo(label);
  return label.append($('<span>').text(property));
}
