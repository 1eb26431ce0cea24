import { RecordBench } from '../support/records.ts';
import type { StoreFactory } from '../support/store.ts';
import { accountPromises } from './records/accounts.ts';
import { activityPromises } from './records/activities.ts';
import { aliasPromises } from './records/aliases.ts';
import { callPromises } from './records/calls.ts';
import { contactPromises } from './records/contacts.ts';
import { externalResponsePromises } from './records/external-responses.ts';
import { invitationPromises } from './records/invitations.ts';
import { surveyResponsePromises } from './records/survey-responses.ts';

/** What every record store promises. */
export function recordStoreContract(name: string, open: StoreFactory): void {
  describe(`The records on ${name}`, function () {
    this.timeout(20_000);
    const bench = new RecordBench();

    before(() => bench.open(open));
    after(() => bench.close());
    beforeEach(() => bench.nextTest());

    describe('an account', () => accountPromises(bench));
    describe('an alias', () => aliasPromises(bench));
    describe('a contact', () => contactPromises(bench));
    describe('an activity', () => activityPromises(bench));
    describe('an external response', () => externalResponsePromises(bench));
    describe('an invitation', () => invitationPromises(bench));
    describe('a survey response', () => surveyResponsePromises(bench));
    describe('every call', () => callPromises(bench));
  });
}
