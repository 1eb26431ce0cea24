/** Where survey responses come from: the name in a record, and the end of the key of its word, in the order of a dialog. */
export const SURVEY_SOURCES = [
  { id: 'cio-pulse', word: 'cioPulse' },
  { id: 'customergauge', word: 'customergauge' },
  { id: 'customer-thermometer', word: 'customerThermometer' },
  { id: 'delighted', word: 'delighted' },
  { id: 'typeform', word: 'typeform' },
  { id: 'generic', word: 'generic' },
] as const;
