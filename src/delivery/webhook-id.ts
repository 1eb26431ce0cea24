/** Whether a text can be the id of a webhook: it is sent as a header, so 1 to 255 visible ASCII characters. */
export const isWebhookId = (text: string): boolean => /^[\x21-\x7e]{1,255}$/.test(text);
