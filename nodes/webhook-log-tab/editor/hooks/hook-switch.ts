interface SwitchParts {
  readonly label: string;
  /** What it does, told on hover and to those who hear. */
  readonly hint: string;
  /** Does what was asked for; must not reject. */
  readonly onSwitch: (isOn: boolean) => Promise<void>;
}

/** Something that is on or off in the running flows. */
export interface Switch {
  readonly element: JQuery;
  /** Shows how it is; while it is being switched that is not known. */
  readonly set: (isOn: boolean) => void;
}

export function makeSwitch({ label, hint, onSwitch }: SwitchParts): Switch {
  const input = $('<input type="checkbox" role="switch">').attr({ title: hint, 'aria-description': hint });
  const element = $('<label class="survey-hooks-log-switch">')
    .attr('title', hint)
    .append(input, $('<span>').text(label));
  let isBusy = false;
  input.on('change', () => {
    isBusy = true;
    // Not disabled, which would take the focus from it.
    element.addClass('survey-hooks-log-busy');
    void onSwitch(input.prop('checked') === true).then(() => {
      isBusy = false;
      element.removeClass('survey-hooks-log-busy');
    });
  });
  return {
    element,
    set: (isOn) => {
      if (!isBusy) input.prop('checked', isOn);
    },
  };
}
