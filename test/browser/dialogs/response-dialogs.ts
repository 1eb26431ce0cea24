import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { responseFilter, surveyResponse } from './fixtures.ts';

const mapped = [
  { property: 'score', value: 'nps-ref', valueType: 'answer' },
  { property: 'links.review', value: '"https://example.com/" & payload.id', valueType: 'jsonata' },
];

export const responseFlows: FlowNode[] = [
  responseFilter('choosing'),
  responseFilter('chosen', { sources: ['typeform', 'my-tool'], classes: ['neutral'], driversMode: 'all' }),
  responseFilter('misspelt'),
  {
    id: 'early',
    type: 'survey-response',
    z: 'tab',
    x: 300,
    y: 80,
    name: '',
    source: 'cio-pulse',
    wires: [[]],
  },
  surveyResponse('thermometer'),
  surveyResponse('unmapped'),
  surveyResponse('asking', { source: 'typeform', map: mapped }),
  surveyResponse('scaled', { source: 'generic', map: [{ ...mapped[1], property: 'score' }], metric: 'csat' }),
];

/** What a person sees of the nodes that read responses and tell wanted ones from others. */
export function responseDialogs(editor: () => Editor): void {
  describe('a response filter', () => filterDialog(editor));
  describe('a survey response', () => readerDialog(editor));
}

function filterDialog(editor: () => Editor): void {
  const box = (label: string): Locator =>
    editor().field('response-filter-form').getByRole('checkbox', { name: label });
  const summary = (): Promise<string | null> =>
    editor().field('response-filter-form').getByRole('status').textContent();

  it('keeps what was asked for, and says what that is, also on the canvas', async () => {
    await editor().open('choosing');
    assert.match((await summary()) ?? '', /^Matches every response\./);
    await editor().type('response-filter-ratings', ' red,  dark red,');
    await editor().field('response-filter-comment').selectOption('with');
    assert.equal(await summary(), 'Matches responses rated red or dark red and with a comment.');
    await editor().done();
    const { ratings, comment, sources } = await editor().node('choosing');
    assert.deepEqual(
      { ratings, comment, sources },
      { ratings: ['red', 'dark red'], comment: 'with', sources: [] },
    );
    const label = await editor().page.evaluate<string>("RED.utils.getNodeLabel(RED.nodes.node('choosing'))");
    assert.equal(label, 'rated red or dark red, with a comment');
  });

  it('shows what was chosen, one class in each metric that has it, and a source that it does not know', async () => {
    await editor().open('chosen');
    assert.ok(await box('my-tool').isChecked());
    assert.deepEqual(await Promise.all((await box('Neutral').all()).map((one) => one.isChecked())), [
      true,
      true,
    ]);
    await box('Neutral').first().uncheck();
    assert.ok(!(await box('Neutral').last().isChecked()));
    await box('Detractor').check();
    await box('Typeform').uncheck();
    await editor().type('response-filter-drivers', 'Speed, Effort');
    assert.equal(
      await summary(),
      'Matches responses from my-tool, classed as detractor, and that chose Speed and Effort.',
    );
    await editor().done();
    const { sources, classes, drivers, driversMode } = await editor().node('chosen');
    assert.deepEqual([sources, classes], [['my-tool'], ['detractor']]);
    assert.deepEqual([drivers, driversMode], [['Speed', 'Effort'], 'all']);
  });

  it('marks scores that are none, until they are', async () => {
    await editor().open('misspelt');
    await editor().type('response-filter-scores', '0 to 6');
    await editor().done();
    assert.equal(await editor().page.evaluate("RED.nodes.node('misspelt').valid"), false);
    await editor().open('misspelt');
    assert.ok(await editor().isMarked('response-filter-scores'));
    assert.match((await summary()) ?? '', /such as 0-6,9/);
    await editor().type('response-filter-scores', '0-6');
    assert.ok(!(await editor().isMarked('response-filter-scores')));
    await editor().done();
    assert.equal(await editor().page.evaluate("RED.nodes.node('misspelt').valid"), true);
  });
}

function readerDialog(editor: () => Editor): void {
  const rows = (): Locator => editor().field('survey-response-map').locator('li');
  const properties = (): Promise<string[]> =>
    rows()
      .locator('select')
      .evaluateAll((choices) => choices.map((choice) => (choice as HTMLSelectElement).value));
  const isShown = (id: string): Promise<boolean> => editor().field(id).isVisible();
  const choose = (source: string): Promise<unknown> =>
    editor().field('node-input-source').selectOption(source);
  const fill = async (row: number, value: string): Promise<void> => {
    await rows().nth(row).locator('.red-ui-typedInput-input').fill(value);
    await rows().nth(row).locator('.red-ui-typedInput-input').blur();
  };

  it('opens one of an older version with what was usual then, and shows only what its source uses', async () => {
    await editor().open('early');
    assert.deepEqual(
      [await isShown('node-input-metric'), await isShown('survey-response-map')],
      [false, false],
    );
    await choose('generic');
    assert.deepEqual(
      [await isShown('node-input-metric'), await isShown('survey-response-map')],
      [true, true],
    );
    assert.equal(await isShown('node-input-scaleMin'), false);
    await editor().field('node-input-metric').selectOption('ces');
    assert.ok(await isShown('node-input-scaleMin'));
    assert.equal(await editor().field('node-input-scaleMax').getAttribute('placeholder'), '7');
    await choose('cio-pulse');
    await editor().done();
    const { map, metric, direction } = await editor().node('early');
    assert.deepEqual({ map, metric, direction }, { map: [], metric: 'ces', direction: 'higher-is-better' });
  });

  it('begins the mapping of Customer Thermometer with the usual rows, and keeps those that were filled in', async () => {
    await editor().open('thermometer');
    await choose('generic');
    assert.deepEqual(await properties(), ['responseId', 'score', 'comment', 'respondent.email']);
    await choose('customer-thermometer');
    assert.deepEqual(await properties(), ['responseId', 'rating', 'comment', 'respondent.email']);
    assert.equal(await editor().value('node-input-metric'), 'csat');
    await editor().field('survey-response-dialog').getByText('Test fire webhook').waitFor();
    assert.equal(await rows().locator('.input-error').count(), 0);
    await fill(1, 'payload.temperature');
    await editor().field('survey-response-fold').getByText('add').click();
    assert.equal((await properties())[4], 'score');
    await editor().done();
    const { source, map } = await editor().node('thermometer');
    assert.equal(source, 'customer-thermometer');
    assert.deepEqual(map, [{ property: 'rating', value: 'payload.temperature', valueType: 'msg' }]);
    assert.equal(await editor().page.evaluate("RED.nodes.node('thermometer').valid"), true);
  });

  it('is wrong while a source that needs a mapping has none', async () => {
    await editor().open('unmapped');
    await choose('generic');
    await editor().done();
    assert.deepEqual((await editor().node('unmapped')).map, []);
    assert.equal(await editor().page.evaluate("RED.nodes.node('unmapped').valid"), false);
    await editor().open('unmapped');
    assert.equal((await properties()).length, 4);
    await fill(1, 'payload.score');
    await editor().done();
    assert.equal(await editor().page.evaluate("RED.nodes.node('unmapped').valid"), true);
  });

  it('keeps rows of every kind as they are', async () => {
    await editor().open('asking');
    assert.ok(await isShown('survey-response-map'));
    await editor().done();
    assert.deepEqual((await editor().node('asking')).map, mapped);
  });

  it('marks a scale whose ends are the wrong way round', async () => {
    await editor().open('scaled');
    await editor().type('node-input-scaleMin', '7');
    assert.ok(await editor().isMarked('node-input-scaleMax'));
    await editor().type('node-input-scaleMax', '10');
    assert.ok(!(await editor().isMarked('node-input-scaleMax')));
    await editor().done();
    const { scaleMin, scaleMax } = await editor().node('scaled');
    assert.deepEqual([scaleMin, scaleMax], ['7', '10']);
  });
}
