/** The key of a format's words in the catalogue: those of `freshdesk-ticket` are at `freshdeskTicket`. */
export const wordOf = (format: string): string =>
  format.replaceAll(/-([a-z])/g, (_, first: string) => first.toUpperCase());

/** The key of the words for the target of a format, which `freshdesk-ticket` and `freshdesk-note` share. */
export const vendorOf = (format: string): string => format.split('-')[0] ?? '';
