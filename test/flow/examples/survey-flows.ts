import assert from 'node:assert/strict';
import type { Response } from '../../support/http.ts';
import type { DeliveryRow, NodeRed } from '../../support/node-red.ts';
import type { ReceivedRequest } from '../../support/receiver.ts';
import { until } from '../../support/until.ts';

/** What a person does with the examples and sees of them. */
export interface ExampleSteps {
  readonly nodeRed: () => NodeRed;
  /** Presses the button of an example, or the one with a name. */
  readonly press: (file: string, name?: string) => Promise<void>;
  /** Sends to a hook, with the login of the examples. */
  readonly send: (hook: string, body: unknown) => Promise<Response>;
  /** Waits until a debug node has written so. */
  readonly shows: (name: string, text: RegExp) => Promise<void>;
  /** What a debug node has written so far, entry by entry. */
  readonly shown: (name: string) => string[];
  /** Waits until that many requests have come to a path, and answers them. */
  readonly arrives: (pathname: string, count?: number) => Promise<ReceivedRequest[]>;
  /** Runs the lines that an example's comment gives to try it with; answers what they print. */
  readonly tryIt: (file: string, secret?: string) => Promise<string>;
  /** The 25 fields of CIOPulse's sample. */
  readonly sample: Readonly<Record<string, string>>;
}

const INSTANCE = '/servicenow-instance.example/api';
const ORDERS = `${INSTANCE}/sn_sc/servicecatalog/items/SYS_ID_OF_YOUR_ITEM/order_now`;
const INCIDENTS = `${INSTANCE}/now/table/incident`;

const bodyOf = (request: ReceivedRequest | undefined): Record<string, unknown> =>
  JSON.parse(String(request?.body)) as Record<string, unknown>;

/** The examples that take responses of one survey system to another one, by file. */
export function surveyFlows(steps: ExampleSteps): Record<string, () => Promise<void>> {
  const { press, send, shows, shown, arrives, tryIt, sample } = steps;
  return {
    '14 - CIOPulse to ServiceNow.json': async () => {
      assert.equal((await send('ciopulse-to-servicenow', sample)).status, 200);
      const [order] = await arrives(ORDERS);
      assert.deepEqual(bodyOf(order), { sysparm_quantity: '1', variables: sample });
      assert.equal(order?.webhookId, sample.Webhook_ID);
      assert.match(String(order?.headers.authorization), /^Basic /);
      await shows('Ordered', /request_number: 'REQ0010001'/);

      // The same event again, as when CIOPulse got no answer.
      assert.equal((await send('ciopulse-to-servicenow', sample)).status, 200);
      await press('14', 'A detractor');
      const [, second] = await arrives(ORDERS, 2);
      const [incident] = await arrives(INCIDENTS);
      assert.match(String(second?.body), /"Response_ID":"3691"/);
      const { correlation_id: correlation, urgency, description } = bodyOf(incident);
      assert.deepEqual({ correlation, urgency }, { correlation: '3691', urgency: '2' });
      assert.match(String(description), /I waited for a week\./);
      assert.equal(incident?.webhookId, second?.webhookId);
      await shows('Incident opened', /number: 'INC0010001'/);
      assert.equal((await arrives(ORDERS)).length, 2);
      assert.equal((await arrives(INCIDENTS)).length, 1);
    },
    '15 - Customer Thermometer - red to Slack, gold to nothing.json': async () => {
      for (const rating of ['Gold', 'Green', 'Yellow', 'Red']) await press('15', rating);
      for (const rating of ['gold', 'green', 'yellow']) await shows('Not sent', new RegExp(rating));
      const [red] = await arrives('/slack.example/services/red-ratings');
      assert.match(String(red?.body), /I waited for a week\./);
      assert.match(await tryIt('15', 'another secret'), /^HTTP\/1\.1 401 /);
      assert.match(await tryIt('15'), /^HTTP\/1\.1 200 /);
      const all = await arrives('/slack.example/services/red-ratings', 2);
      assert.match(String(all[1]?.body), /Nobody called back\./);
      assert.equal(all.length, 2);
    },
    '16 - Typeform to Zendesk.json': async () => {
      const tickets = '/zendesk.example/api/v2/tickets.json';
      await press('16');
      const [first] = await arrives(tickets);
      assert.match(String(first?.body), /"name":"Laura","email":"laura@example\.com"[\s\S]*csat_neutral/);
      assert.match(await tryIt('16', 'another secret'), /^HTTP\/1\.1 401 /);
      for (let time = 1; time <= 2; time += 1) assert.match(await tryIt('16'), /^HTTP\/1\.1 200 /);
      const [, second] = await arrives(tickets, 2);
      assert.match(String(second?.body), /"email":"jane@example\.com"[\s\S]*csat_dissatisfied/);
      await shows('Ticket', /id: 35437/);

      const key = first?.headers['idempotency-key'];
      assert.equal((await resend(steps.nodeRed(), first)).id, key);
      const [, , again] = await arrives(tickets, 3);
      assert.equal(again?.headers['idempotency-key'], key);
      await until(() => shown('Ticket').filter((entry) => entry.includes('id: 35436')).length === 2, {
        what: () => 'the first ticket to be shown again',
      });
      assert.equal((await arrives(tickets)).length, 3);
    },
    '17 - Email an unhappy customer.json': async () => {
      await press('17', 'Happy');
      await shows('No mail', /promoter/);
      await press('17', 'Unhappy');
      await shows('The mail', /to: 'ursula@example\.com'[\s\S]*text: 'Hello Ursula Unhappy,/);
      await shows(
        'Put the mail node here',
        /to: 'ursula@example\.com'[\s\S]*topic: 'We would like to put this right'/,
      );
      await shows('How it ended', /endpointName: 'Mail service'[\s\S]*status: 'Succeeded'/);

      // Once when the score was given, and again when the comment followed.
      for (const eventId of ['created', 'updated'])
        assert.equal(
          (await send('unhappy-customers', unhappy('5438', eventId, 'una@example.com'))).status,
          200,
        );
      assert.equal((await send('unhappy-customers', unhappy('5439', 'other', ''))).status, 200);
      await shows('The mail', /to: 'una@example\.com'/);
      await shows('No address', /responseId: '5439'/);
      assert.equal(shown('The mail').length, 2);
    },
  };
}

/** Resends the delivery that a request came from, and answers its row. */
async function resend(nodeRed: NodeRed, request: ReceivedRequest | undefined): Promise<DeliveryRow> {
  assert.ok(request);
  const [row] = await nodeRed.deliveries({ search: request.webhookId });
  assert.ok(row);
  const answer = await nodeRed.admin(`survey-hooks/deliveries/${row.id}/resend`, { body: {} });
  assert.equal(answer.status, 202, answer.text);
  return row;
}

/** A bad NPS as Delighted sends it. */
const unhappy = (id: string, eventId: string, email: string) => ({
  event_type: 'survey_response.created',
  event_id: eventId,
  event_data: {
    id,
    person: { id: '5976', email, name: 'Una' },
    survey_type: 'nps',
    score: 1,
    comment: null,
    created_at: 1734830850,
    updated_at: 1734830850,
  },
});
