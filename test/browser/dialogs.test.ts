import { Editor } from '../support/editor.ts';
import { freePort } from '../support/ports.ts';
import { emailDebug, emailDebugFlows } from './dialogs/email-debug.ts';
import { emailDialogs, emailFlows } from './dialogs/email-dialogs.ts';
import { connectionCredentials, connectionFlows, endpointConnection } from './dialogs/endpoint-connection.ts';
import { endpointCredentials, endpointDialog, endpointFlows } from './dialogs/endpoint-dialog.ts';
import { endpointTestFire, testFireCredentials, testFireFlows } from './dialogs/endpoint-test-fire.ts';
import { everyDialog } from './dialogs/every-dialog.ts';
import { externalDataDialogs, externalFlows } from './dialogs/external-data-dialogs.ts';
import { tab } from './dialogs/fixtures.ts';
import { formatDialog, formatFlows } from './dialogs/format-dialog.ts';
import { formatEndpointFlows, formatEndpoints } from './dialogs/format-endpoints.ts';
import { hookCredentials, hookDialog, hookFlows } from './dialogs/hook-dialog.ts';
import { hookDebug, hookDebugCredentials, hookDebugFlows } from './dialogs/hook-debug.ts';
import { hookSenders, hookSendersCredentials, hookSendersFlows } from './dialogs/hook-senders.ts';
import { logDialog, logFlows } from './dialogs/log-dialog.ts';
import { outDialog, outFlows } from './dialogs/out-dialog.ts';
import { recordDialogs, recordFlows } from './dialogs/record-dialogs.ts';
import { responseDialogs, responseFlows } from './dialogs/response-dialogs.ts';
import { secretCredentials, secretDialog, secretFlows } from './dialogs/secret-dialog.ts';
import { storeCredentials, storeDialog, storeFlows } from './dialogs/store-dialog.ts';

/** One editor for all, as it takes seconds to start; each test has nodes of its own. */
describe('in the editor', function () {
  this.timeout(90_000);
  let running: Editor | undefined;
  const editor = (): Editor => {
    if (!running) throw new Error('The editor did not start.');
    return running;
  };

  before(async () => {
    running = await Editor.start({
      flows: [
        tab,
        ...hookFlows,
        ...hookSendersFlows,
        ...hookDebugFlows,
        ...endpointFlows,
        ...connectionFlows,
        ...testFireFlows,
        ...externalFlows,
        ...outFlows,
        ...logFlows,
        ...formatFlows,
        ...formatEndpointFlows,
        ...recordFlows,
        ...responseFlows,
        ...secretFlows,
        ...storeFlows,
        ...emailFlows,
        ...emailDebugFlows(await freePort()),
      ],
      credentials: {
        ...hookCredentials,
        ...hookSendersCredentials,
        ...hookDebugCredentials,
        ...endpointCredentials,
        ...connectionCredentials,
        ...testFireCredentials,
        ...secretCredentials,
        ...storeCredentials,
      },
    });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor().recover();
  });
  after(() => running?.stop());

  describe('an inbound hook', () => hookDialog(editor));
  describe('the senders and the keeping of an inbound hook', () => hookSenders(editor));
  describe('the requests of an inbound hook', () => hookDebug(editor));
  describe('an endpoint', () => endpointDialog(editor));
  describe('filter, connection and tags of an endpoint', () => endpointConnection(editor));
  describe('the test and the pause of an endpoint', () => endpointTestFire(editor));
  describe('external data', () => externalDataDialogs(editor));
  describe('an out node', () => outDialog(editor));
  describe('a webhook log', () => logDialog(editor));
  describe('a format', () => formatDialog(editor));
  describe('the endpoints of a format', () => formatEndpoints(editor));
  describe('a mapping', () => recordDialogs(editor));
  describe('responses', () => responseDialogs(editor));
  describe('a signing secret', () => secretDialog(editor));
  describe('a store', () => storeDialog(editor));
  describe('an email hook', () => emailDialogs(editor));
  describe('the mails of an email hook', () => emailDebug(editor));
  describe('every dialog', () => everyDialog(editor));
});
