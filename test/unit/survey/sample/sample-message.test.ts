import assert from 'node:assert/strict';
import { formatForPlace, SAMPLE_FORMATS } from '../../../../src/survey/sample/sample-format.ts';
import { sampleMessage } from '../../../../src/survey/sample/sample-message.ts';
import { SAMPLE_COMMENT, SAMPLE_NAME } from '../../../../src/survey/sample/sample-response.ts';
import { parseSurveyResponse } from '../../../../src/survey/survey-response.ts';

const now = Date.UTC(2026, 0, 31, 14, 5);
const id = 'test_1';

describe('The sample of a test fire', () => {
  for (const format of SAMPLE_FORMATS)
    it(`says that it is a test, as ${format}`, () => {
      const { payload, survey, webhookId } = sampleMessage(format, { id, now });
      const text = JSON.stringify(payload);
      assert.ok(text.includes(SAMPLE_COMMENT) || text.includes('test that was sent'), text);
      assert.equal(survey.surveyName, SAMPLE_NAME);
      assert.equal(webhookId, id);
    });

  it('is a survey response as a flow has it', () => {
    const { survey } = sampleMessage('slack', { id, now });
    assert.deepEqual(parseSurveyResponse(survey), survey);
    assert.equal(survey.submittedAt, '2026-01-31T14:05:00.000Z');
  });

  it('is the 25 texts of CIOPulse, with the webhook id that is sent', () => {
    const { payload } = sampleMessage('cio-pulse', { id, now });
    const texts = payload as Record<string, string>;
    assert.equal(Object.keys(texts).length, 25);
    assert.ok(Object.values(texts).every((text) => typeof text === 'string'));
    const { Webhook_ID, Overall, Communication, Ticket_ID } = texts;
    assert.deepEqual([Webhook_ID, Overall, Communication, Ticket_ID], [id, '9', '1', '0']);
  });

  it('is wrapped for the catalogue of ServiceNow', () => {
    const { payload } = sampleMessage('servicenow-order', { id, now });
    const { sysparm_quantity, variables } = payload as Record<string, Record<string, string>>;
    assert.equal(sysparm_quantity, '1');
    assert.equal(variables?.['Webhook_ID'], id);
  });

  it('goes to nobody who exists', () => {
    const { survey } = sampleMessage('freshdesk-ticket', { id, now });
    assert.match(survey.respondent.email, /@example\.com$/);
    assert.equal(survey.respondent.phone, '');
  });

  const places: readonly [host: string, path: string, format: string][] = [
    ['hooks.slack.com', '/[secret]', 'slack'],
    ['HOOKS.SLACK.COM:443', '/', 'slack'],
    ['prod-1.westeurope.logic.azure.com', '/', 'teams'],
    ['contoso.webhook.office.com', '/', 'teams'],
    ['api.powerautomate.com', '/', 'teams'],
    ['shop.freshdesk.com', '/api/v2/tickets', 'freshdesk-ticket'],
    ['shop.freshdesk.com', '/api/v2/tickets/%7B%7Bid%7D%7D/notes', 'freshdesk-note'],
    ['shop.zendesk.com', '/api/v2/tickets.json', 'zendesk-ticket'],
    ['shop.zendesk.com', '/api/v2/tickets/7.json', 'zendesk-comment'],
    ['shop.service-now.com', '/api/now/table/incident', 'servicenow-incident'],
    ['shop.service-now.com', '/api/sn_sc/servicecatalog/items/1/order_now', 'servicenow-order'],
    ['shop.atlassian.net', '/rest/servicedeskapi/request/A-1/comment', 'jira-comment'],
    ['shop.atlassian.net', '/rest/servicedeskapi/request', 'cio-pulse'],
    ['hooks.slack.com.evil.example', '/', 'cio-pulse'],
    ['127.0.0.1:8080', '/', 'cio-pulse'],
  ];
  for (const [host, path, format] of places)
    it(`is ${format} for ${host}${path}`, () => {
      assert.equal(formatForPlace({ host, path }), format);
    });
});
