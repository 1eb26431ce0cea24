/** Flows that sign and verify, with secrets that are made up, and what openssl makes of the same. */
import { OWN_URL } from './examples.ts';
import type { FlowNode } from './node-red.ts';
import { opensslHmac } from './openssl.ts';

/** A parser would drop its spaces. */
export const BODY = Buffer.from('{"a": 1 }');
export const TOLERANCE_S = 300;

export const KEY = Buffer.from('made up for these tests!');
export const SECRETS = {
  standard: `whsec_${KEY.toString('base64')}`,
  thermometer: '5ec2e7'.repeat(10),
};
export type Scheme = keyof typeof SECRETS;
export type Signature = Readonly<Record<string, string>>;

/** What openssl signs, at a time in epoch ms: the headers as the scheme's documentation has them. */
export const OPENSSL: Readonly<Record<Scheme, (at: number, id: string) => Promise<Signature>>> = {
  async standard(at, id) {
    const time = String(Math.floor(at / 1000));
    const hmac = await opensslHmac({ hex: KEY.toString('hex') }, `${id}.${time}.`, BODY);
    return {
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': `v1,${hmac.toString('base64')}`,
    };
  },
  async thermometer(at) {
    const date = new Date(at).toUTCString();
    const hmac = await opensslHmac({ text: SECRETS.thermometer }, `Date: ${date}\n`, BODY);
    return { date, 'x-ct-hmac-sha256': hmac.toString('base64') };
  },
};
export const SCHEMES: readonly Scheme[] = ['standard', 'thermometer'];

/** When a signature was made, epoch ms. */
export const timeOf = ({ 'webhook-timestamp': seconds, date = '' }: Signature): number =>
  seconds === undefined ? Date.parse(date) : Number(seconds) * 1000;

const node = (
  id: string,
  type: string,
  wires: string[][],
  settings: Record<string, unknown> = {},
): FlowNode => ({
  id,
  type,
  z: 'tab',
  name: id,
  x: 100,
  y: 100,
  wires,
  ...settings,
});
const hook = (id: string, next: string, settings: Record<string, unknown> = {}): FlowNode =>
  node(id, 'inbound-hook-in', [[next]], { path: `/hooks/${id}`, auth: 'none', ...settings });
const note = (id: string, wires: string[][] = []): FlowNode =>
  node(id, 'function', wires, {
    func: `
      const seen = { at: node.name, raw: msg.rawBody?.toString('base64'), verified: msg.hook?.verified, signature: msg.signature };
      global.set('seen', [...(global.get('seen') || []), seen]);
      return msg;`,
  });
// Its name is not its id: Node-RED would take that for a config node that depends on itself.
const secret = (id: string, scheme: string): FlowNode => ({
  id,
  type: 'signing-secret',
  name: `Secret ${id}`,
  scheme,
  tolerance: TOLERANCE_S,
});

/** In → out to a receiver and to a hook of the same Node-RED. */
const delivery = (scheme: Scheme, receiverUrl: string): FlowNode[] => [
  hook(`send-${scheme}`, `raw-${scheme}`),
  node(`raw-${scheme}`, 'function', [[`out-${scheme}`]], { func: 'return { payload: msg.rawBody };' }),
  node(`out-${scheme}`, 'survey-webhook-out', [[], [], []], {
    endpoints: [`wire-${scheme}`, `self-${scheme}`],
  }),
  { id: `wire-${scheme}`, type: 'webhook-endpoint', url: `${receiverUrl}/${scheme}`, signing: scheme },
  {
    id: `self-${scheme}`,
    type: 'webhook-endpoint',
    url: `${OWN_URL}/hooks/only-${scheme}`,
    signing: scheme,
  },
  hook(`only-${scheme}`, 'took', { signing: scheme }),
];

/** Flows that sign and verify in every way there is; one of the secrets is without its credentials. */
export const signedFlows = (receiverUrl: string): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Signatures' },
  secret('standard', 'standard-webhooks'),
  secret('thermometer', 'customer-thermometer'),
  secret('lost', 'customer-thermometer'),
  ...SCHEMES.flatMap((scheme) => delivery(scheme, receiverUrl)),
  note('took'),
  hook('only-lost', 'took', { signing: 'lost' }),
  hook('only-gone', 'took', { signing: 'no such node' }),
  // The core nodes with ours between them.
  hook('relay', 'take-raw', { respond: 'flow' }),
  node('take-raw', 'function', [['sign']], { func: 'msg.payload = msg.rawBody; return msg;' }),
  node('sign', 'hmac-sign', [['request']], { secret: 'standard', property: 'payload' }),
  node('request', 'http request', [['answer']], { method: 'POST', ret: 'txt', url: `${OWN_URL}/raw` }),
  node('in', 'http in', [['verify']], { method: 'post', url: '/raw', skipBodyParsing: true }),
  node('verify', 'hmac-verify', [['first'], ['second']], { secret: 'standard' }),
  note('first', [['answer']]),
  note('second', [['answer']]),
  node('answer', 'http response', []),
  node('asked', 'http in', [['tell']], { method: 'get', url: '/seen' }),
  node('tell', 'function', [['answer']], {
    func: "msg.payload = global.get('seen') || []; return msg;",
  }),
];
