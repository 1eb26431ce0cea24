/** Whether a text is nothing, or addresses and networks with commas or spaces between, as far as that can be told from their signs. */
export const isAddressList = (text: string): boolean =>
  text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .every((part) => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f.]*(?::[0-9a-f.]*){2,})(?:\/\d{1,3})?$/i.test(part));
