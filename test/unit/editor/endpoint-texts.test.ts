import assert from 'node:assert/strict';
import { headerValueFault, plainUrlFault, urlFault } from '../../../nodes/shared/editor/endpoint-texts.ts';

describe('urlFault', () => {
  for (const url of [
    'https://receiver.example/{{ticketId}}?a={{env.NAME}}',
    'https://hooks.slack.com/services/T0/B0/x',
    'https://${HOST}/{{#what}}',
  ])
    it(`finds none in ${url}`, () => assert.equal(urlFault(url), undefined));
  for (const url of ['receiver.example', 'ftp://receiver.example/', 'https://user:word@receiver.example/'])
    it(`finds the form of ${url} wrong`, () => assert.equal(urlFault(url), ''));
  for (const [url, fault] of [
    ['https://{{host}}.example/', /stands before its path/],
    ['https://receiver.example/{{a', /not complete/],
    ['https://receiver.example/{{{a}}}', /no dynamic tag/],
    ['https://receiver.example/{{req.cookies.sid}}', /can hold a credential/],
  ] as const)
    it(`says what is wrong with ${url}`, () => assert.match(urlFault(url) ?? '', fault));
});

describe('plainUrlFault', () => {
  it('takes no URL that is a secret, also one with a tag', () => {
    assert.equal(plainUrlFault('https://hooks.slack.com/services/{{channel}}'), '');
    assert.equal(plainUrlFault('https://hooks.slack.com'), undefined);
  });
});

describe('headerValueFault', () => {
  it('judges what is no tag, and tags by themselves', () => {
    assert.equal(headerValueFault('Ticket {{payload.größe}}'), undefined);
    assert.equal(headerValueFault('${NAME} {{#a}}'), undefined);
    assert.equal(headerValueFault('€ {{a}}'), '');
    assert.match(headerValueFault('{{#a}}') ?? '', /no dynamic tag/);
  });
});
