import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import type { Notice } from '../notice.ts';
import type { Question } from '../question.ts';

/** Which deliveries are meant: these, or all that the parameters of the list leave. */
export type Meant = { readonly ids: readonly string[] } | Readonly<Record<string, string>>;

interface ResendParts {
  readonly words: Words;
  readonly question: Question;
  readonly notice: Notice;
}

/** How many can be resent, and how many cannot as their endpoint is gone. */
interface ResendCount {
  readonly count: number;
  readonly skipped: number;
}

/** Resends many deliveries after a person has seen how many and agreed. Answers whether it was done. */
export function makeResendMany({ words, question, notice }: ResendParts): (meant: Meant) => Promise<boolean> {
  const isAgreed = async (counted: ResendCount): Promise<boolean> => {
    const { count } = counted;
    if (count === 0) {
      notice.say(withSkipped(words('webhook-log-tab.resend.none'), counted), 'note');
      return false;
    }
    const text = words(`webhook-log-tab.resend.${count === 1 ? 'ask-one' : 'ask'}`, written(count));
    return question.ask(withSkipped(text, counted), words('webhook-log-tab.resend.yes'));
  };
  const withSkipped = (text: string, { skipped }: ResendCount): string =>
    skipped === 0 ? text : `${text}\n${words('webhook-log-tab.resend.skipped', written(skipped))}`;

  return async (meant) => {
    notice.clear();
    try {
      const counted = await askAdminApi('deliveries/resend', { filter: meant, dryRun: true });
      if (!(await isAgreed(counted as ResendCount))) return false;
      const done = (await askAdminApi('deliveries/resend', { filter: meant })) as ResendCount;
      notice.say(
        withSkipped(words('webhook-log-tab.resend.done', written(done.count)), done),
        done.skipped === 0 ? 'note' : 'problem',
      );
      return true;
    } catch (error) {
      notice.sayError(error);
      return false;
    }
  };
}

const written = (count: number): { count: string } => ({ count: count.toLocaleString() });
