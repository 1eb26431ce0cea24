import { SettingsCheck } from '../../../src/platform/settings-check.ts';
import { parseGeneric } from '../../../src/signature/generic-settings.ts';
import type { SigningSecretSettings } from '../../../src/signature/signing-secret-check.ts';
import { parseTemplate } from '../../../src/signature/template.ts';

/** The settings that describe a scheme of one's own, as far as they can contradict each other. */
export interface GenericScheme {
  readonly template: string;
  readonly algorithm: string;
  readonly header: string;
  readonly prefix: string;
  readonly timestampHeader: string;
  readonly idHeader: string;
}

/** Whether the running flow takes the setting beside the others; an empty one stands for its default. */
export function isGenericSetting(setting: keyof GenericScheme, scheme: GenericScheme): boolean {
  const check = new SettingsCheck<SigningSecretSettings>({ id: '', ...scheme });
  parseGeneric(check);
  return check.problems.every((problem) => problem.setting !== setting);
}

/** What such a scheme uses, as `scheme-facts.ts` says it of the others. */
export const genericFacts = ({
  template,
  timestampHeader,
}: Pick<GenericScheme, 'template' | 'timestampHeader'>): {
  readonly signsTime: boolean;
  readonly signsId: boolean;
  readonly signsUrl: boolean;
  readonly sendsBoth: boolean;
} => ({
  signsTime: hasTag(template, 'timestamp'),
  signsId: hasTag(template, 'id'),
  signsUrl: hasTag(template, 'url'),
  // Beside its timestamp, as in `t=…,v1=…,v1=…`, a header has room for several signatures.
  sendsBoth: timestampHeader.trim().endsWith('='),
});

const hasTag = (template: string, tag: 'timestamp' | 'id' | 'url'): boolean =>
  parseTemplate(template).parts.some(({ kind }) => kind === tag);
