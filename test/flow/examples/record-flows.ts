import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { exampleLogin, OWN_URL, readExamples } from '../../support/examples.ts';
import { call } from '../../support/http.ts';
import type { ExampleSteps } from './survey-flows.ts';

type Steps = Pick<ExampleSteps, 'nodeRed' | 'press' | 'shows' | 'arrives'> & {
  readonly userDir: () => string;
};

/** The examples that store records and look them up, by file. */
export function recordFlows({
  nodeRed,
  press,
  shows,
  arrives,
  userDir,
}: Steps): Record<string, () => Promise<void>> {
  const [login, url] = [`${exampleLogin.username}:${exampleLogin.password}`, (): string => nodeRed().url];
  /** Runs lines of a comment with the login of the examples; answers the lines that they print. */
  const run = async (lines: string): Promise<string[]> => {
    assert.ok(lines.includes("'user:password'") && lines.includes(OWN_URL), lines);
    const script = lines.replace('user:password', login).replace(OWN_URL, url());
    const { stdout } = await promisify(execFile)('sh', ['-ec', script]);
    return stdout.trim().split('\n');
  };

  return {
    '18 - Keep accounts and contacts.json': async () => {
      const [lines = '', parameters = ''] = await blocksOf('18', 'sh');
      const answers = (await run(lines)).map((line) => JSON.parse(line) as Answer);
      assert.deepEqual(
        answers.map(({ outcome, violations }) => outcome ?? violations?.map(({ field }) => field)),
        ['created', 'created', 'created', 'created', 'updated', ['Email']],
      );
      const [request] = await arrives('/survey-tool.example/invitations');
      assert.deepEqual(JSON.parse(String(request?.body)), {
        id: answers[4]?.id,
        touchpoint: 'Delivery',
        email: 'jane@example.com',
        phone: '+44 (20) 7946-0000',
        firstName: 'Jane',
        lastName: '',
        account: 'Example Ltd',
      });
      assert.equal(request?.webhookId, answers[4]?.id);
      await shows('Invitation ended', /status: 'Succeeded'/);

      const [again] = (await run(parameters)).map((line) => JSON.parse(line) as Answer);
      assert.deepEqual([again?.outcome, again?.id], ['updated', answers[1]?.id]);

      await sendTo('contacts', { Phone: '555 1' });
      const conflict = await sendTo('contacts', { Email: 'jane@example.com', Phone: '5551' });
      assert.equal(conflict.status, 422);
      assert.match(conflict.text, /"rule":"identifier conflict"/);
    },
    '19 - Report silent accounts each Monday.json': async () => {
      await press('19', 'Each Monday at 8:00');
      await shows('Nobody is silent', /\[\]/);
      await press('19', 'An account fell silent');
      await shows('Activity kept', /outcome: 'created'/);
      await press('19', 'Each Monday at 8:00');
      const [request] = await arrives('/slack.example/services/silent-accounts');
      const { text } = JSON.parse(String(request?.body)) as { text: string };
      assert.match(text, /^No signal for 30 days: 1 account\(s\)\n• Silent &amp; Sons: \d{3,} days$/);
      await shows('How the report ended', /status: 'Succeeded'/);
    },
    '20 - Keep responses in a reporting table.json': async () => {
      const [lines = ''] = await blocksOf('20', 'sh');
      assert.match((await run(lines)).join(), /"accepted":true/);
      await shows('Response kept', /value: 'try-1'[\s\S]*outcome: 'created'/);
      await press('20', 'A response of today');
      await shows('Response kept', /value: 'today-1'[\s\S]*outcome: 'created'/);
      await press('20', 'Report');
      await shows('As CSV', /^submittedAt,source,[\s\S]*,cio-pulse,.*,today-1,nps,9,promoter,/m);
      await shows('As CSV', /carole\.customer,INC123456,'=You guys rock!/);
      await shows('As CSV', /,cio-pulse,.*,try-1,nps,3,detractor,/);

      const ofMarch = lines.replace(/^now=.*$/m, "now='2026-03-02 09:30:00'").replace('try-1', 'try-2');
      assert.match((await run(ofMarch)).join(), /"accepted":true/);
      await shows('Response kept', /value: 'try-2'[\s\S]*outcome: 'created'/);
      const [sql = ''] = await blocksOf('20', 'sql');
      const database = new DatabaseSync(path.join(userDir(), 'my-survey-hooks.db'), { readOnly: true });
      const rows = database.prepare(sql).all();
      database.close();
      assert.deepEqual(
        rows.find(({ month }) => month === '2026-03'),
        {
          __proto__: null,
          month: '2026-03',
          responses: 1,
          nps: -100,
        },
      );
    },
  };

  function sendTo(hook: string, body: object) {
    return call(`${url()}/hooks/crm/${hook}`, { body, basic: exampleLogin });
  }
}

interface Answer {
  readonly outcome?: string;
  readonly id?: string;
  readonly violations?: { readonly field: string }[];
}

/** The blocks of code in the comment of an example. */
async function blocksOf(prefix: string, language: 'sh' | 'sql'): Promise<string[]> {
  const example = (await readExamples()).find(({ file }) => file.startsWith(prefix));
  const comment = example?.nodes.find(({ type }) => type === 'comment');
  const blocks = String(comment?.info).matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'));
  return [...blocks].map(([, code = '']) => code);
}
