/** Where the user, ticket or project of a message is named: a property, a text, a variable or an expression. */
export function subjectInput(subject: JQuery, subjectType: JQuery): void {
  subject.typedInput({ default: 'msg', types: ['msg', 'str', 'env', 'jsonata'], typeField: subjectType });
}
