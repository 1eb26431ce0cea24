/** What is shown in place of a secret. */
export const MASK = '[secret]';

const SECRET_NAME = /auth|cookie|credential|hmac|jwt|key|pass|pwd|secret|session|sign|token/i;
/** Too short to be looked for within other words: `code` and `sig` are how Azure's and OAuth's URLs name theirs. */
const SECRET_WHOLE_NAME = /^(?:code|otp|pw|sig)$/i;

/** Whether the name of a header, a field or a parameter says that its value is a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name) || SECRET_WHOLE_NAME.test(name);
