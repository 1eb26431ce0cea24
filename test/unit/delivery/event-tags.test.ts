import assert from 'node:assert/strict';
import type { DeliveryEvent } from '../../../src/delivery/delivery-store.ts';
import { EventTags, type ReadEnv } from '../../../src/delivery/event-tags.ts';
import { keepValues } from '../../../src/delivery/kept-values.ts';
import { anEvent } from '../../support/deliveries.ts';

const tagsOf = (event: Partial<DeliveryEvent> = {}, readEnv: ReadEnv = () => undefined) => {
  const tags = new EventTags({ delivery: { id: 'd1' }, event: anEvent(event), readEnv });
  return { tags, text: (tag: string) => tags.text(tag.split('.')) };
};

describe('The tags of an event', () => {
  it('stand for what was kept, for the delivery and for the environment as it is now', () => {
    const env: Record<string, unknown> = { REGION: 'eu', 'a.b': { c: 1 } };
    const values = keepValues({ survey: { ticketId: 'T1' } }, []);
    const { tags, text } = tagsOf({ values }, (name) => env[name]);
    assert.deepEqual(['ticketId', 'delivery.id', 'delivery.webhookId', 'env.REGION', 'env.a.b'].map(text), [
      'T1',
      'd1',
      'msg_1',
      'eu',
      '{"c":1}',
    ]);
    env['REGION'] = 'us';
    assert.equal(text('env.REGION'), 'us');
    assert.deepEqual(tags.warnings, []);
  });

  it('warn once of each that has no value', () => {
    const { tags, text } = tagsOf();
    assert.deepEqual(['nope', 'env.NOPE', 'nope', 'delivery.nope', 'payload.nope'].map(text), [
      '',
      '',
      '',
      '',
      '',
    ]);
    assert.deepEqual(
      tags.warnings.map((warning) => warning.split(' ')[0]),
      ['{{nope}}', '{{env.NOPE}}', '{{delivery.nope}}', '{{payload.nope}}'],
    );
    assert.equal(tags.warnings[0], '{{nope}} has no value, so nothing stands in its place.');
  });

  it('find in the body what no tag named when the event was accepted', () => {
    const json = tagsOf({ body: Buffer.from('{"ticket":{"id":42}}') });
    assert.equal(json.text('payload.ticket.id'), '42');
    assert.equal(json.text('ticket.id'), '');
    const form = { contentType: 'application/x-www-form-urlencoded', body: Buffer.from('id=4+2&id=7') };
    assert.equal(tagsOf(form).text('payload.id'), '7');
  });

  it('have what was kept before what the body holds', () => {
    const values = keepValues({ payload: { id: 'kept' } }, [['payload', 'id']]);
    assert.equal(tagsOf({ values, body: Buffer.from('{"id":"body"}') }).text('payload.id'), 'kept');
  });

  it('find nothing in a body that is no JSON, or a large one', () => {
    assert.equal(tagsOf({ body: Buffer.from('{') }).text('payload.id'), '');
    const large = Buffer.from(JSON.stringify({ id: 1, filling: 'x'.repeat(300_000) }));
    assert.equal(tagsOf({ body: large }).text('payload.id'), '');
  });

  it('are refused where they are too long to be sent', () => {
    const values = keepValues({ comment: 'x'.repeat(5000) }, [['comment']]);
    assert.throws(() => tagsOf({ values }).text('comment'), {
      code: 'HOOK_MESSAGE_UNREADABLE',
      message: /\{\{comment\}\} is longer than 4096 characters/,
    });
  });
});
