import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sample } from './sample.ts';

/** As many as a store keeps by default. */
export const STORED_DELIVERIES = 1_000_000;

const REQUEST = JSON.stringify({
  method: 'POST',
  url: 'https://receiver.example/surveys',
  headers: [
    ['Content-Type', 'application/json'],
    ['User-Agent', 'survey-hooks'],
    ['Accept-Encoding', 'identity'],
    ['webhook-id', 'msg_0123456789abcdefghijklmn'],
  ],
});
const RESPONSE_HEADERS = JSON.stringify({ 'content-type': 'application/json', connection: 'keep-alive' });

/** What tells one delivery of the fill from another. */
export interface Variety {
  readonly hasFailed: boolean;
  readonly listeningPost: string;
}

const ALIKE: Variety = { hasFailed: false, listeningPost: 'Transactional' };

/** Fills a store that is closed with deliveries that have ended, a millisecond from one to the next, the last one at `now`. */
export function fillDeliveries(
  file: string,
  now: number,
  varietyOf: (seq: number) => Variety = () => ALIKE,
): void {
  const database = new DatabaseSync(file);
  // Nothing is to be kept if the machine stops.
  database.exec('pragma synchronous = off; pragma journal_mode = off; pragma cache_size = -1048576; begin');
  const event = database.prepare(
    `insert into events (seq, id, webhook_id, content_type, tag_values, created_at, body)
     values (?, ?, ?, 'application/json', '{}', ?, ?)`,
  );
  const delivery = database.prepare(
    `insert into deliveries (
       seq, id, event_seq, webhook_id, endpoint_id, endpoint_name, node_id, listening_post, created_at, last_activity_at,
       attempts, charged, interrupted, resends, last_response_code, last_response, state, finished_at, failure_reason, failure_message, sending
     ) values (?, ?, ?, ?, ?, 'An endpoint', '0123456789abcdef', ?, ?, ?, 1, 0, 0, 0, 200, ?, ?, ?, ?, ?, 0)`,
  );
  const attempt = database.prepare(
    `insert into attempts (
       delivery_seq, number, manual, outcome, started_at, duration_ms, status_code, error, request, response_headers,
       is_response_cut, response_body
     ) values (?, 1, 0, 'succeeded', ?, 12, 200, '', ?, ?, 0, ?)`,
  );
  const body = Buffer.from(JSON.stringify(sample));
  const answer = '{"accepted":true}';
  const response = Buffer.from(answer);
  for (let seq = 1; seq <= STORED_DELIVERIES; seq++) {
    const at = now - STORED_DELIVERIES + seq;
    const webhookId = `msg_${randomUUID().slice(0, 24)}`;
    const endpointId = `0123456789abcde${seq % 10}`;
    event.run(seq, randomUUID(), webhookId, at, body);
    const { hasFailed, listeningPost } = varietyOf(seq);
    const end = hasFailed ? ['failed', at, 'permanent', 'It answered 400.'] : ['succeeded', at, null, null];
    delivery.run(seq, randomUUID(), seq, webhookId, endpointId, listeningPost, at, at, answer, ...end);
    attempt.run(seq, at, REQUEST, RESPONSE_HEADERS, response);
  }
  database.exec('commit; pragma journal_mode = wal');
  database.close();
  // Or the first commit would wait until the system has written all of it.
  const opened = openSync(file, 'r+');
  fsyncSync(opened);
  closeSync(opened);
}
