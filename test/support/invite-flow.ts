import type { FlowNode } from './node-red.ts';

/**
 * `POST /hooks/invite` → check → a random delay → contact and invitation → another delay → a delivery that goes by the invitation's id.
 * The delays are long enough, from some to so many ms, that events are at every place of the flow whenever something happens.
 */
export function inviteFlow(receiverUrl: string, { fromMs = 0, toMs = 100 } = {}): FlowNode[] {
  const inTab = (id: string, type: string, fields: object, wires: readonly string[][]): FlowNode => ({
    id,
    type,
    z: 'tab',
    x: 100,
    y: 100,
    ...fields,
    wires,
  });
  const delay = (id: string, to: string): FlowNode =>
    inTab(id, 'delay', { ...RANDOM_DELAY, randomFirst: String(fromMs), randomLast: String(toMs) }, [[to]]);
  return [
    { id: 'tab', type: 'tab', label: 'Invitations' },
    { id: 'mapping', type: 'inbound-mapping', name: 'Invitations', dataType: 'multi-object', fields: [] },
    {
      id: 'endpoint',
      type: 'webhook-endpoint',
      name: 'tool',
      url: `${receiverUrl}/tool`,
      retry: 'none',
      concurrency: 16,
    },
    inTab('hook', 'inbound-hook-in', { path: '/hooks/invite', auth: 'none', respond: 'received' }, [
      ['check'],
    ]),
    inTab('check', 'mapping-validator', { mapping: 'mapping', property: 'payload' }, [['before'], []]),
    delay('before', 'store'),
    inTab('store', 'record-upsert', {}, [['after'], []]),
    delay('after', 'format'),
    inTab('format', 'payload-format', { format: 'template', template: TEMPLATE, templateType: 'json' }, [
      ['out'],
    ]),
    inTab('out', 'survey-webhook-out', { endpoints: ['endpoint'], webhookIdProperty: 'invitation.id' }, [
      [],
      [],
      [],
    ]),
  ];
}

const TEMPLATE = '{"id": "{{invitation.id}}", "email": "{{invitation.contact.email}}"}';

const RANDOM_DELAY = {
  pauseType: 'random',
  timeout: '1',
  timeoutUnits: 'seconds',
  rate: '1',
  nbRateUnits: '1',
  rateUnits: 'second',
  randomUnits: 'milliseconds',
  drop: false,
  allowrate: false,
  outputs: 1,
};
