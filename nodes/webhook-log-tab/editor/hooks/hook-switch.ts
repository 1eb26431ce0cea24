interface SwitchParts {
  readonly label: string;
  /** What it does, told on hover and to those who hear. */
  readonly hint: string;
  /** Does what was asked for; answers whether that worked, and must not reject. */
  readonly onSwitch: (isOn: boolean) => Promise<boolean>;
}

/** Something that is on or off in the running flows. */
export interface Switch {
  readonly element: JQuery;
  /** Shows how it is; while it is being switched that is not known. */
  readonly set: (isOn: boolean) => void;
}

export function makeSwitch({ label, hint, onSwitch }: SwitchParts): Switch {
  const element = $('<button type="button" role="switch" class="survey-hooks-log-switch">')
    .attr({ title: hint, 'aria-description': hint })
    .append($('<span class="survey-hooks-log-knob" aria-hidden="true">'), $('<span>').text(label));
  let isBusy = false;
  const show = (isOn: boolean): void => void element.attr('aria-checked', String(isOn));
  element.on('click', () => {
    // Not disabled, which would take the focus from it.
    if (isBusy) return;
    isBusy = true;
    const isOn = element.attr('aria-checked') !== 'true';
    show(isOn);
    void onSwitch(isOn).then((isDone) => {
      isBusy = false;
      if (!isDone) show(!isOn);
    });
  });
  return {
    element,
    set: (isOn) => {
      if (!isBusy) show(isOn);
    },
  };
}
