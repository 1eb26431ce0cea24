/** What can be filled into a survey response as a text. */
export const TEXT_PROPERTIES = [
  'surveyId',
  'surveyName',
  'responseId',
  'eventId',
  'eventType',
  'rating',
  'comment',
  'respondent.id',
  'respondent.email',
  'respondent.phone',
  'respondent.name',
  'account',
  'agent',
  'supportGroup.code',
  'supportGroup.name',
  'ticketId',
  'language',
] as const;

export type TextProperty = (typeof TEXT_PROPERTIES)[number];

/** Everything that a mapping can fill in, but for links, each of which has a name of its own. */
export const MAPPED_PROPERTIES = ['score', 'submittedAt', 'drivers', 'segments', ...TEXT_PROPERTIES] as const;

/** A place in a survey response, as a path. */
export type RecordProperty = (typeof MAPPED_PROPERTIES)[number] | LinkProperty;
export type LinkProperty = `links.${string}`;

export const LINK_PREFIX = 'links.';

/** With the link's name, which is a key of the record. */
const LINK = /^links\.[^.]{1,100}$/;

export const isLink = (text: string): text is LinkProperty => LINK.test(text) && text !== 'links.__proto__';

/** Whether a text is the path of something that a mapping can fill in. */
export const isRecordProperty = (text: string): text is RecordProperty =>
  (MAPPED_PROPERTIES as readonly string[]).includes(text) || isLink(text);
