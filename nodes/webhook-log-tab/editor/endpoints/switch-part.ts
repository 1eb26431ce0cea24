import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import type { Notice } from '../notice.ts';
import type { Question } from '../question.ts';
import type { EndpointRow } from './endpoint-row.ts';

interface SwitchParts {
  readonly words: Words;
  readonly question: Question;
  readonly notice: Notice;
  /** Something has changed. */
  readonly onChanged: () => void;
}

/** So many deliveries are worth a question. */
const MANY = 10;

/** Switches an endpoint on and off while the flows run; where many deliveries wait for it, a person is asked first. */
export function makeSwitchPart({ words, question, notice, onChanged }: SwitchParts) {
  const say = (key: string, values?: Record<string, string>): string =>
    words(`webhook-log-tab.endpoints.switch.${key}`, values);
  const knob = $('<span class="survey-hooks-log-knob" aria-hidden="true">');
  const label = $('<span>');
  const element = $('<button type="button" role="switch" class="survey-hooks-log-switch">').append(
    knob,
    label,
  );
  let row: EndpointRow | undefined;

  const isAgreed = async ({ enabled, pending, name }: EndpointRow): Promise<boolean> => {
    if ((pending ?? 0) < MANY) return true;
    const key = enabled ? 'ask-off' : 'ask-on';
    const text = say(key, { name, count: (pending ?? 0).toLocaleString() });
    return question.ask(text, say(enabled ? 'off-yes' : 'on-yes'));
  };
  const flip = async (shown: EndpointRow): Promise<void> => {
    notice.clear();
    if (!(await isAgreed(shown))) return;
    try {
      await askAdminApi(
        `endpoints/${encodeURIComponent(shown.id)}/${shown.enabled ? 'disable' : 'enable'}`,
        {},
      );
      onChanged();
    } catch (error) {
      notice.sayError(error);
    }
  };
  element.on('click', () => {
    if (row && canFlip(row)) void flip(row);
  });

  const show = (next: EndpointRow): void => {
    row = next;
    const isOn = next.enabled === true;
    label.text(say(isOn ? 'on' : 'off'));
    element.prop('hidden', next.enabled === null).attr({
      'aria-checked': String(isOn),
      'aria-label': say('label', { name: next.name || next.id }),
      'aria-disabled': String(!canFlip(next)),
      title: say(titleOf(next)),
    });
  };
  return { element, show };
}

/** What is switched off by its settings is switched on there. */
const canFlip = ({ enabled, disabledReason }: EndpointRow): boolean =>
  enabled === true || disabledReason !== null;

function titleOf(row: EndpointRow): 'title-on' | 'title-off' | 'title-settings' {
  if (!canFlip(row)) return 'title-settings';
  return row.enabled ? 'title-on' : 'title-off';
}
