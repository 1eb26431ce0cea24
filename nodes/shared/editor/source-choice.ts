import { toText } from './text.ts';

interface SourceParts {
  readonly source: JQuery;
  readonly metric: JQuery;
  /** Its placeholder in the template is the eight of CIOPulse. */
  readonly factors: JQuery;
}

/** Sources that may be CIOPulse. */
const WITH_EIGHT_FACTORS = ['auto', 'cio-pulse'];

/** Lets the other inputs of a survey response follow its source. */
export function sourceChoice({ source, metric, factors }: SourceParts, words: Words): void {
  const eight = toText(factors.attr('placeholder'));
  const update = (): void => {
    const hasEight = WITH_EIGHT_FACTORS.includes(toText(source.val()));
    factors.attr('placeholder', hasEight ? eight : words('survey-response.placeholder.factors'));
  };
  source.on('change', () => {
    update();
    // Its colours say how satisfied someone is, and nothing of a recommendation.
    if (source.val() === 'customer-thermometer' && metric.val() === 'nps')
      metric.val('csat').trigger('change');
  });
  update();
}
