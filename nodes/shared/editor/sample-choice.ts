import {
  formatForPlace,
  SAMPLE_FORMATS,
  type SampleFormat,
} from '../../../src/survey/sample/sample-format.ts';
import { wordOf } from './format-words.ts';
import { toText } from './text.ts';

interface SampleParts {
  url: JQuery;
  /** Counts before the other, of which it has only the origin. */
  secretUrl: JQuery;
  format: JQuery;
}

/** Offers the formats that a sample can have, and first of all, with an empty value, the one that the address expects. */
export function sampleChoice({ url, secretUrl, format }: SampleParts, words: Words): void {
  const nameOf = (name: SampleFormat): string => words(`webhook-endpoint.sample.${wordOf(name)}`);
  const auto = $('<option value="">').appendTo(format);
  for (const name of SAMPLE_FORMATS) $('<option>').val(name).text(nameOf(name)).appendTo(format);
  const update = (): void => {
    const texts = [secretUrl, url].map((input) => toText(input.val()));
    auto.text(words('webhook-endpoint.sample.auto', { format: nameOf(expectedFormat(texts)) }));
  };
  url.on('change input', update);
  secretUrl.on('change input', update);
  update();
}

/** What is expected at the first text that is a URL. */
function expectedFormat(texts: readonly string[]): SampleFormat {
  const { host, pathname } = new URL(texts.find((text) => URL.canParse(text)) ?? 'https://receiver.invalid');
  return formatForPlace({ host, path: pathname });
}
