import { describeRetry, retryPolicyOf } from './retry-words.ts';
import { toText } from './text.ts';

interface PreviewParts {
  retry: JQuery;
  delays: JQuery;
  preview: JQuery;
}

/** Keeps the sentence beneath the choice of a retry policy true. */
export function retryPreview({ retry, delays, preview }: PreviewParts, words: Words): void {
  const update = (): void => {
    const policy = retryPolicyOf(toText(retry.val()), toText(delays.val()));
    preview.text(
      policy ? describeRetry(policy, words, RED.i18n.lang()) : words('webhook-endpoint.errors.retryDelays'),
    );
  };
  retry.on('change', update);
  delays.on('change input', update);
  update();
}
