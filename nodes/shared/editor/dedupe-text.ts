/** Where a dialog says that senders write what tells one event from another; `text` is what the other choices cannot say. */
export interface DedupeChoice {
  readonly by: 'off' | 'header' | 'payload' | 'signature' | 'text';
  /** The header's name, the path in the payload, or the text. */
  readonly place: string;
}

export function readDedupe(text: string): DedupeChoice {
  const rule = text.trim();
  if (rule === '') return { by: 'off', place: '' };
  if (rule === 'signature') return { by: 'signature', place: '' };
  const [, by, place = ''] = /^(header|payload):(.*)$/s.exec(rule) ?? [];
  return by === 'header' || by === 'payload' ? { by, place: place.trim() } : { by: 'text', place: rule };
}

/** The setting that says it. */
export function writeDedupe({ by, place }: DedupeChoice): string {
  switch (by) {
    case 'off':
      return '';
    case 'signature':
      return 'signature';
    case 'text':
      return place.trim();
    case 'header':
    case 'payload':
      return `${by}:${place.trim()}`;
  }
}
