/** Whether senders with this key may do what needs the role; an empty role is one that every role includes. */
export const hasRole = ({ roles }: { readonly roles: readonly string[] }, role: string): boolean =>
  role === '' ? roles.length > 0 : roles.includes(role);
