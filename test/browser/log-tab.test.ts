import { Editor } from '../support/editor.ts';
import { LogTab } from '../support/log-tab.ts';
import { Receiver } from '../support/receiver.ts';
import { foreignPage } from './log-tab/foreign-page.ts';
import { listOfLog, manyFlows } from './log-tab/list-of-log.ts';
import { oneDelivery } from './log-tab/one-delivery.ts';
import { logFlows, type LogBench } from './log-tab/flows.ts';
import { troubleOfLog } from './log-tab/trouble-of-log.ts';

describe('The webhook log', function () {
  this.timeout(90_000);
  let running: LogBench | undefined;
  const bench = (): LogBench => {
    if (!running) throw new Error('The editor did not start.');
    return running;
  };

  before(async () => {
    const receiver = await Receiver.start();
    const { flows, credentials } = logFlows(receiver.url);
    const editor = await Editor.start({ flows: [...flows, ...manyFlows(receiver.url)], credentials });
    running = { editor, receiver, tab: new LogTab(editor) };
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await running?.editor.recover();
  });
  after(async () => {
    await running?.editor.stop();
    await running?.receiver.stop();
  });

  describe('in the sidebar', () => oneDelivery(bench));
  describe('as a list', () => listOfLog(bench));
  describe('in a browser with another page', () => foreignPage(bench));
  describe('where something is wrong', () => troubleOfLog(bench));
});
