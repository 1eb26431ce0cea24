interface CircuitParts {
  retry: JQuery;
  circuit: JQuery;
}

/** The retry policy that comes with a circuit. */
const WITH_CIRCUIT = 'standard-webhooks';

/** Turns the circuit on with the retry policy that comes with one, and off again with another, unless a person has chosen. */
export function circuitChoice({ retry, circuit }: CircuitParts, setting: boolean | undefined): void {
  let policy = retry.val();
  let isChosen = false;
  // A setting that is missing stands for what comes with the policy.
  let isOurs = setting === undefined;
  const turn = (isOn: boolean): void => {
    isOurs = isOn;
    circuit.prop('checked', isOn).trigger('change');
  };
  if (isOurs) turn(policy === WITH_CIRCUIT);
  circuit.on('click', () => {
    isChosen = true;
  });
  retry.on('change', () => {
    // The editor says of each input that it changed when it has opened a dialog.
    if (retry.val() === policy || isChosen) return;
    policy = retry.val();
    if (policy !== WITH_CIRCUIT && isOurs) turn(false);
    if (policy === WITH_CIRCUIT && circuit.prop('checked') !== true) turn(true);
  });
}
