import assert from 'node:assert/strict';
import { FORMAT_FACTS } from '../../../src/survey/formats/format-facts.ts';
import { compileFormat } from '../../../src/survey/formats/formats.ts';
import { readCioPulse } from '../../../src/survey/sources/cio-pulse.ts';
import sample from '../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { format } from './fixtures.ts';

const older = (): FlowNode => {
  const node = { ...format('older', { format: 'slack' }) } as Record<string, unknown>;
  delete node.options;
  delete node.templateType;
  return node as unknown as FlowNode;
};

export const formatFlows = [
  format('optioned', { format: 'slack', options: { title: 'NPS', showLinks: false } }),
  format('switched'),
  format('templated'),
  format('requested'),
  format('spoilt'),
  older(),
];

/** The options that each format's dialog makes when nothing is typed. */
const OPTIONS = {
  'cio-pulse': {},
  slack: { title: '', showLinks: true },
  teams: { title: '', showLinks: true },
  'freshdesk-ticket': { subject: '', priority: 'auto', status: '2', tags: '', requesterEmail: '' },
  'freshdesk-note': { ticketId: '', private: true },
  'zendesk-ticket': { subject: '', priority: 'auto', tags: '', requesterEmail: '', public: false },
  'zendesk-comment': { ticketId: '', public: false },
  'servicenow-incident': {
    shortDescription: '',
    urgency: 'auto',
    callerId: '',
    category: '',
    comments: false,
  },
  'jira-request': { serviceDeskId: '', requestTypeId: '', summary: '', raiseOnBehalfOf: '' },
  'jira-comment': { issueKey: '', public: false },
  template: {},
} as const satisfies Record<keyof typeof FORMAT_FACTS | 'template', object>;

/** What a Jira request cannot do without. */
const IDS = { serviceDeskId: '10', requestTypeId: '25' };

/** What a person sees of formats. */
export function formatDialog(editor: () => Editor): void {
  const choose = (id: string): Promise<unknown> => editor().field('node-input-format').selectOption(id);
  const facts = async (): Promise<string> =>
    (await editor().field('payload-format-facts').textContent()) ?? '';
  const isValid = (id: string): Promise<boolean> =>
    editor().page.evaluate<boolean>(`RED.nodes.node('${id}').valid`);
  const shownOptions = (): Promise<string[]> =>
    editor().page.evaluate<string[]>(`[...document.querySelectorAll('#payload-format-dialog [data-option]')]
      .filter((input) => input.offsetParent !== null).map((input) => input.dataset.option)`);

  // What is left red would make Deploy ask.
  after(() => editor().load());

  it('offers every format, in groups', async () => {
    await editor().open('switched');
    const groups = await editor().page.evaluate<string[]>(
      "[...document.querySelectorAll('#node-input-format optgroup')].map((group) => group.label)",
    );
    assert.deepEqual(groups, ['Chat', 'Helpdesk', 'Survey tool', 'Your own']);
    const offered = await editor().page.evaluate<string[]>(
      "[...document.querySelectorAll('#node-input-format option')].map((option) => option.value)",
    );
    assert.deepEqual(offered.toSorted(), Object.keys(OPTIONS).toSorted());
    await editor().cancel();
  });

  for (const [id, options] of Object.entries(OPTIONS))
    it(`shows and saves the options of ${id} and no others`, async () => {
      await editor().open('switched');
      await choose(id);
      assert.deepEqual((await shownOptions()).toSorted(), Object.keys(options).toSorted());
      await editor().done();
      assert.deepEqual((await editor().node('switched')).options, options);
    });

  it('makes what the format makes without options', () => {
    const respondent = { email: 'jo@example.com', name: 'Jo' };
    const survey = { ...readCioPulse(sample), ticketId: '12', respondent };
    const write = (id: string, options: object): unknown =>
      compileFormat({ format: id, options: { ...options, ...IDS } })({ survey, message: {} }).payload;
    for (const [id, options] of Object.entries(OPTIONS))
      if (Object.keys(options).length > 0) assert.deepEqual(write(id, options), write(id, {}), id);
  });

  it('says how the target takes a format', async () => {
    await editor().open('switched');
    for (const [id, line] of [
      ['slack', 'POST to your Slack webhook URL · answers 200'],
      ['teams', "POST to your workflow's URL · answers 202"],
      ['freshdesk-ticket', 'POST <name>.freshdesk.com/api/v2/tickets · answers 201'],
      ['zendesk-comment', 'PUT <name>.zendesk.com/api/v2/tickets/{{ticketId}}.json · answers 200'],
      ['jira-request', 'POST <name>.atlassian.net/rest/servicedeskapi/request · answers 201'],
    ] as const) {
      await choose(id);
      assert.equal(await facts(), line);
    }
    for (const [id, { method, path, answers }] of Object.entries(FORMAT_FACTS)) {
      await choose(id);
      const line = await facts();
      const end = `${path.replace(/<.*>/, '{{ticketId}}')} · answers ${answers}`;
      assert.ok(line.startsWith(`${method} `) && line.endsWith(end), line);
    }
    await choose('template');
    assert.equal(await editor().field('payload-format-facts').isVisible(), false);
    await editor().cancel();
  });

  it('keeps the options of the chosen format', async () => {
    await editor().open('optioned');
    assert.equal(await editor().value('payload-format-slack-title'), 'NPS');
    assert.equal(await editor().field('payload-format-slack-showLinks').isChecked(), false);
    await choose('freshdesk-ticket');
    await editor().type('payload-format-freshdesk-ticket-tags', 'nps, survey');
    await choose('teams');
    await editor().type('payload-format-teams-title', 'Survey');
    await choose('slack');
    assert.equal(await editor().value('payload-format-slack-title'), 'NPS');
    await choose('freshdesk-ticket');
    await editor().done();
    assert.deepEqual((await editor().node('optioned')).options, {
      ...OPTIONS['freshdesk-ticket'],
      tags: 'nps, survey',
    });
  });

  it('marks what a Jira request cannot do without', async () => {
    await editor().open('requested');
    await choose('jira-request');
    await editor().done();
    assert.equal(await isValid('requested'), false);
    await editor().open('requested');
    for (const name of ['serviceDeskId', 'requestTypeId']) {
      const id = `payload-format-jira-request-${name}`;
      assert.equal(await editor().isMarked(id), true);
      await editor().type(id, '25');
      assert.equal(await editor().isMarked(id), false);
    }
    assert.equal(await editor().isMarked('payload-format-jira-request-summary'), false);
    await editor().done();
    assert.equal(await isValid('requested'), true);
  });

  it('opens a node that lacks the newer settings', async () => {
    await editor().open('older');
    assert.equal(await editor().field('payload-format-slack-showLinks').isChecked(), true);
    assert.equal(await editor().value('node-input-templateType'), 'json');
    await editor().done();
    assert.deepEqual((await editor().node('older')).options, OPTIONS.slack);
    assert.deepEqual(editor().errors, []);
  });

  it('says what is wrong with a template while it is typed, and marks the node', async () => {
    const problem = editor().field('payload-format-problem');
    // Typed, it would get closing brackets that were not meant.
    const retype = (text: string): Promise<unknown> =>
      editor().page.evaluate(
        `monaco.editor.getEditors().find((one) => one.getDomNode().closest('#payload-format-template'))
          .setValue(${JSON.stringify(text)})`,
      );
    await editor().open('spoilt');
    await choose('template');
    assert.equal(await problem.isVisible(), false);
    await retype('{"score":{{score}}');
    assert.match((await problem.textContent()) ?? '', /^The template is not JSON: .+/);
    await retype('{"score":{{score}}}');
    assert.equal(await problem.isVisible(), false);
    await retype('{{#score}}');
    await editor().field('node-input-templateType').selectOption('str');
    assert.match((await problem.textContent()) ?? '', /is no dynamic tag/);
    await editor().field('node-input-templateType').selectOption('jsonata');
    assert.equal(await problem.isVisible(), true);
    await editor().done();
    assert.equal(await isValid('spoilt'), false);
    await editor().open('spoilt');
    await retype('survey.score');
    assert.equal(await problem.isVisible(), false);
    await editor().done();
    assert.equal(await isValid('spoilt'), true);
  });

  it('keeps the text of a template', async () => {
    await editor().open('templated');
    await choose('template');
    await editor().page.locator('#payload-format-template').click();
    await editor().page.keyboard.insertText('{"score":{{score}}}');
    await editor().done();
    assert.equal((await editor().node('templated')).template, '{"score":{{score}}}');
  });
}
