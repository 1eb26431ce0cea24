import { usualScaleOf } from './scale-text.ts';
import { toText } from './text.ts';

interface ScaleParts {
  readonly metric: JQuery;
  readonly min: JQuery;
  readonly max: JQuery;
}

/** Keeps the ends of the usual scale of the chosen metric in the inputs for others. */
export function scaleHints({ metric, min, max }: ScaleParts): void {
  const update = (): void => {
    const usual = usualScaleOf(toText(metric.val()));
    min.attr('placeholder', usual.min);
    max.attr('placeholder', usual.max);
  };
  metric.on('change', update);
  // One end is wrong only beside the other.
  min.on('change input', () => max.trigger('change'));
  update();
}
