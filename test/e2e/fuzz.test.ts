import assert from 'node:assert/strict';
import { call } from '../support/http.ts';
import { HOOKS, LOGIN } from '../support/fuzz/draft.ts';
import { fuzz, tableOf, type FuzzReport } from '../support/fuzz/run.ts';
import { FuzzTarget, type Probe } from '../support/fuzz/target.ts';
import { until } from '../support/until.ts';

const requestCount = Number(process.env['FUZZ_REQUESTS'] ?? 1500);
const seed = Number(process.env['FUZZ_SEED'] ?? 4);
/** In the full form all is shown of what was answered. */
const isFull = process.env['FUZZ_REQUESTS'] !== undefined;
const HEAP_BYTES = 20 * 1024 * 1024;

/** What cannot be reached unless the parts of the gate are, one behind the other. */
const WORDS =
  'accepted redirect flow malformed_path malformed_query malformed_json malformed_form malformed_multipart malformed_encoding not_utf8 too_deep too_many_fields forbidden_field unauthorized forbidden address_not_allowed not_found rate_limited too_many_failures method_not_allowed body_too_large unsupported_type unsupported_charset unsupported_encoding node others'.split(
    ' ',
  );

describe(`${requestCount} spoilt requests to a real Node-RED (FUZZ_SEED=${seed})`, function () {
  this.timeout(60_000 + requestCount * 20);
  let target: FuzzTarget;
  let start: Probe;
  let report: FuzzReport;

  const sendGood = async (): Promise<number> => {
    const url = `${target.nodeRed.url}${HOOKS.basic}`;
    return (await call(url, { body: { Email: 'a@b.example' }, basic: LOGIN, timeoutMs: 30_000 })).status;
  };

  before('sending them', async () => {
    target = await FuzzTarget.start();
    assert.equal(await sendGood(), 200);
    start = await target.probe();
    report = await fuzz(target.nodeRed.port, { requestCount, seed });
    if (isFull) console.log(`${report.requestCount} requests, seed ${seed}:\n${tableOf(report)}`);
  });
  after(async () => target.stop());

  it('are answered as the table of answers says, or by Node.js or others; those without a fault as their hook does', () => {
    assert.deepEqual(report.faults, [], `FUZZ_SEED=${seed}\n${report.faults.slice(0, 10).join('\n')}`);
  });

  it('reach every part of the gate', () => {
    assert.deepEqual(
      WORDS.filter((word) => !report.words.has(word)),
      [],
    );
  });

  it('leave Node-RED running, without an error in its log', async () => {
    assert.ok(target.nodeRed.isRunning, target.nodeRed.output.slice(-3000));
    assert.deepEqual(target.nodeRed.errors, []);
    assert.equal(await sendGood(), 200);
  });

  it('leave no connection, nothing in its memory, and its objects as they were', async () => {
    let now = await target.probe();
    const look = async (): Promise<boolean> => {
      now = await target.probe();
      return now.connectionCount === 1 && now.heapUsed - start.heapUsed < HEAP_BYTES;
    };
    await until(look, {
      timeoutMs: 40_000,
      everyMs: 200,
      what: () => `the heap and the connections to be as before: ${JSON.stringify({ start, now })}`,
    });
    if (isFull) console.log(`Heap: ${start.heapUsed} bytes before, ${now.heapUsed} after.`);
    assert.equal(now.isPolluted, false);
    assert.ok(now.messageCount > requestCount / 10, `${now.messageCount} messages came through`);
  });
});
