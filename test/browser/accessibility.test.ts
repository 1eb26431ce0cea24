import assert from 'node:assert/strict';
import { prepareAxe, seriousTrouble } from '../support/accessibility.ts';
import { Editor } from '../support/editor.ts';
import { readExamples } from '../support/examples.ts';
import { LogTab } from '../support/log-tab.ts';
import { NODE_TYPES } from '../support/pack-files.ts';
import { Receiver } from '../support/receiver.ts';
import type { FlowNode } from '../support/node-red.ts';
import { endpoint, outNode } from './dialogs/fixtures.ts';
import { externalFlows } from './log-tab/external-flows.ts';
import { logFlows, send } from './log-tab/flows.ts';
import { hookFlows, sendTo } from './log-tab/hook-flows.ts';

const TAB = '.survey-hooks-log';
const DIALOG = '.survey-hooks';

/** Of each type the example with the most settings, without the nodes that it leads to. */
const EXAMPLES: readonly FlowNode[] = (await readExamples())
  .flatMap(({ nodes }) => nodes)
  .filter(({ type }) => NODE_TYPES.includes(type))
  .toSorted((one, other) => JSON.stringify(other).length - JSON.stringify(one).length)
  .filter(({ type }, index, all) => all.findIndex((node) => node.type === type) === index)
  .map((node) => ({ ...node, ...('wires' in node ? { z: 'tab', wires: [] } : {}) }));

/** Something to show in every view. */
function flowsTo(url: string): FlowNode[] {
  const { flows, credentials } = logFlows(url);
  return [
    ...flows.map((node) => ({ ...node, credentials: credentials[node.id] })),
    ...hookFlows,
    ...externalFlows.filter(({ type }) => type !== 'tab'),
    endpoint('idle', { enabled: false }),
    endpoint('untried', { url: `${url}/untried`, requireTestFire: true }),
    outNode('to-idle', ['idle', 'untried']),
  ];
}

describe('Of serious trouble for people who use a screen reader or see little', function () {
  this.timeout(90_000);
  let editor: Editor;
  let receiver: Receiver;
  let tab: LogTab;

  const open = async (): Promise<void> => {
    await prepareAxe(editor);
    await tab.open();
    // What is scrolled out of sight is not looked at.
    await editor.page.setViewportSize({ width: 1400, height: 3000 });
    await tab.root.evaluate((root) => {
      const section = root.closest<HTMLElement>('.red-ui-sidebar-section');
      if (section) section.style.height = '2800px';
    });
  };
  before(async () => {
    receiver = await Receiver.start();
    editor = await Editor.start();
    tab = new LogTab(editor);
    await open();
  });
  after(async () => {
    await editor.stop();
    await receiver.stop();
  });

  const choose = (view: string): Promise<void> => tab.root.getByRole('tab', { name: view }).click();
  const hasNone = async (selector = TAB): Promise<void> =>
    assert.deepEqual(await seriousTrouble(editor, selector), []);

  it('there is some where a word is faint and a button has no name', async () => {
    await tab.root.evaluate((root) => {
      root.insertAdjacentHTML(
        'beforeend',
        '<p id="made-wrong" style="color: #808080; background: #8a8a8a">faint <button></button></p>',
      );
    });
    const trouble = await seriousTrouble(editor, '#made-wrong');
    const kinds = trouble.map((text) => text.split(': ', 2).join(' '));
    assert.deepEqual(kinds.toSorted(), ['dark color-contrast', 'light button-name', 'light color-contrast']);
    await tab.root.locator('#made-wrong').evaluate((element) => element.remove());
  });

  for (const [view, words] of [
    ['Deliveries', 'Nothing has been sent yet.'],
    ['Endpoints', 'No endpoint is deployed yet.'],
    ['Hooks', 'No hook runs yet.'],
    ['External data', 'Nothing is kept yet.'],
  ] as const)
    it(`the tab of the webhook log has none under ${view} where there is nothing to show`, async () => {
      await choose(view);
      await tab.root.getByText(words).waitFor();
      await hasNone();
    });

  describe('the tab of the webhook log', () => {
    before(async () => {
      await editor.nodeRed.deploy(flowsTo(receiver.url));
      await editor.load();
      await open();
    });

    it('has none in the list of deliveries', async () => {
      receiver.answer(() => ({ status: 503, body: 'maintenance' }));
      await send({ editor, receiver, tab }, { id: 'msg_one' });
      await tab.waitForStatus('msg_one', 'Failed');
      receiver.answer(() => ({ body: '{"thank":"you"}' }));
      await send({ editor, receiver, tab }, { id: 'msg_two' });
      await tab.waitForStatus('msg_two', 'Succeeded');
      receiver.hold();
      await send({ editor, receiver, tab }, { id: 'msg_three' });
      await tab.waitForStatus('msg_three', 'In Progress');
      for (const width of [180, 800, 300]) {
        await tab.resize(width);
        await hasNone();
      }
      receiver.release();
    });

    it('has none in the filters, a selection and a question', async () => {
      await tab.button('More filters').click();
      await tab.button('Select').click();
      await tab.row('msg_two').getByRole('checkbox').check();
      await tab.root.getByRole('toolbar', { name: 'Select' }).getByRole('button', { name: 'Resend' }).click();
      await tab.root.getByRole('alertdialog').waitFor();
      await hasNone();
      await tab.root.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
      await tab.button('Done').click();
      await tab.button('More filters').click();
    });

    it('has none in a delivery with all its attempts unfolded', async () => {
      await tab.openDelivery('msg_one');
      await tab.root.locator('.survey-hooks-log-attempts summary').nth(2).waitFor();
      await tab.root
        .locator('.survey-hooks-log-attempts details')
        .evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
      await tab.text('Payload').waitFor();
      await hasNone();
      await tab.button('Back').click();
    });

    it('has none among endpoints, with the answer to a test', async () => {
      await choose('Endpoints');
      const card = tab.endpoint('relay-endpoint');
      await card.getByRole('button', { name: 'Test fire' }).click();
      await card.locator('[data-field=verdict]').getByText('Succeeded').waitFor();
      await card.locator('details > summary').click();
      await card.getByRole('button', { name: 'Change' }).click();
      await hasNone();
    });

    it('has none among hooks, with a request that becomes an example and a hook that is off', async () => {
      await choose('Hooks');
      const card = (name: string) =>
        tab.root
          .locator('li.survey-hooks-log-hook')
          .filter({ has: editor.page.getByRole('heading', { name }) });
      await card('Contact form').getByRole('switch', { name: 'Active' }).uncheck();
      await card('Contact form').getByText('Off until the hook starts again').waitFor();
      await sendTo(editor.nodeRed, 'answers', { mark: 9 });
      await card('Answers').locator('details > summary').first().click();
      await card('Answers').locator('.survey-hooks-interaction > summary').click();
      await card('Answers').getByRole('button', { name: 'Use as example' }).click();
      await hasNone();
    });

    it('has none among external data', async () => {
      await choose('External data');
      await sendTo(editor.nodeRed, 'to-helpdesk', { id: 'T-1', summary: 'Printer', number: 1, solved: true });
      await tab.button('Refresh').click();
      await tab.root.locator('.survey-hooks-log-subject summary').click();
      await hasNone();
    });
  });

  describe('the dialog', () => {
    before(async () => {
      await editor.page.evaluate(`RED.nodes.import(${JSON.stringify(EXAMPLES)})`);
    });

    for (const { id, type } of EXAMPLES)
      it(`of ${type} has none on any of its tabs`, async () => {
        await editor.open(id);
        await editor.page.evaluate(`(() => {
          $('${DIALOG} [id$=-tabs-content]').children().show();
          $('${DIALOG} .form-row').show();
          $('${DIALOG} details').prop('open', true);
        })()`);
        await hasNone(DIALOG);
        await editor.cancel();
      });
  });
});
