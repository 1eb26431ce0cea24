import type { FlowNode } from '../../support/node-red.ts';
import { hook, surveyResponse, tab } from '../dialogs/fixtures.ts';

/** A hook whose flow leads to a mapping, one whose flow leads to a survey response, and one for forms. */
export const hookFlows: readonly FlowNode[] = [
  tab,
  hook('shop', {
    name: 'Shop',
    description: 'The web shop sends customers here.',
    auth: 'none',
    wires: [['link-out']],
  }),
  {
    id: 'link-out',
    type: 'link out',
    z: 'tab',
    name: '',
    mode: 'link',
    links: ['link-in'],
    x: 400,
    y: 80,
    wires: [],
  },
  {
    id: 'link-in',
    type: 'link in',
    z: 'tab',
    name: '',
    links: ['link-out'],
    x: 100,
    y: 160,
    wires: [['check']],
  },
  {
    id: 'check',
    type: 'mapping-validator',
    z: 'tab',
    name: '',
    mapping: 'customers',
    property: 'payload',
    x: 300,
    y: 160,
    wires: [[], []],
  },
  {
    id: 'customers',
    type: 'inbound-mapping',
    name: 'Customers',
    dataType: 'contacts',
    fields: [{ field: 'Tier', property: 'tier', type: 'string', required: true, pattern: '', maxLength: '' }],
    unknownFields: 'keep',
    autoPopulate: null,
  },
  hook('answers', { name: 'Answers', auth: 'none', debug: true, y: 240, wires: [['response']] }),
  surveyResponse('response', {
    name: 'Any survey',
    source: 'generic',
    map: [{ property: 'score', value: 'payload.mark', valueType: 'msg' }],
    y: 240,
    x: 500,
  }),
  hook('contact-form', { name: 'Contact form', kind: 'form', auth: 'none', methods: ['POST'], y: 320 }),
];

/** Sends JSON to one of the hooks; answers the status. */
export async function sendTo(
  nodeRed: { readonly url: string },
  path: string,
  body: unknown,
): Promise<number> {
  const response = await fetch(`${nodeRed.url}/hooks/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status;
}
