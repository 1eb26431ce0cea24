/** The longest email address that can be delivered to (RFC 5321, section 4.5.3.1.3, without the angle brackets). */
const LONGEST_EMAIL = 254;
const LONGEST_LOCAL_PART = 64;

/** Letters of any script (RFC 6531), the signs that an unquoted local part may hold (RFC 5322, atext), and dots. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const DOMAIN_LABEL = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** Whether a text is one plain email address at a domain with a dot: no display name, no quotes, no comment. */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (text.length > LONGEST_EMAIL || at < 1 || at > LONGEST_LOCAL_PART) return false;
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  return (
    LOCAL_PART.test(local) &&
    local.split('.').every((part) => part !== '') &&
    labels.length >= 2 &&
    labels.every((label) => DOMAIN_LABEL.test(label))
  );
}
