import { isSchemeId } from '../../../src/signature/scheme-facts.ts';
import { usesOf, type SchemeUse } from './scheme-uses.ts';
import { toText } from './text.ts';

interface SchemeParts {
  /** Shows each element in it with `data-uses="time"` while the scheme uses that, and hides it otherwise. */
  dialog: JQuery;
  scheme: JQuery;
  template: JQuery;
  timestampHeader: JQuery;
  /** Says where the scheme's secret is found. */
  where: JQuery;
}

/** Shows of a signing secret's dialog what belongs to the chosen scheme. */
export function schemeRows({ dialog, where, ...inputs }: SchemeParts, words: Words): void {
  const { scheme, template, timestampHeader } = inputs;
  const update = (): void => {
    const chosen = toText(scheme.val());
    const uses: ReadonlySet<string> = usesOf(chosen, {
      template: toText(template.val()),
      timestampHeader: toText(timestampHeader.val()),
    }) satisfies ReadonlySet<SchemeUse>;
    dialog.find('[data-uses]').each((_, element) => {
      $(element).toggle(uses.has(toText($(element).attr('data-uses'))));
    });
    where.text(isSchemeId(chosen) ? words(`signing-secret.where.${chosen}`) : '');
  };
  for (const input of Object.values(inputs)) input.on('change input', update);
  update();
}
