import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { basicAuthentication } from '../../../../src/inbound/authenticators/basic.ts';
import { Secret } from '../../../../src/platform/secret.ts';

const encode = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const make = (username: string, password: string) =>
  basicAuthentication({ username, password: new Secret(password) });
const challenge = {
  refused: 'unauthorized',
  headers: { 'WWW-Authenticate': 'Basic realm="inbound hook", charset="UTF-8"' },
};

describe('Basic authentication', () => {
  const authenticator = make('jörg', 'pa:ss:wörd');

  it('lets in who knows both, in UTF-8 and with colons in the password', () => {
    for (const scheme of ['Basic', 'basic', 'BASIC '])
      assert.deepEqual(
        authenticator.authenticate({ authorization: `${scheme} ${encode('jörg:pa:ss:wörd')}` }),
        { keyName: null },
      );
  });

  const wrong: Record<string, string | undefined> = {
    'no header': undefined,
    'an empty header': '',
    'another scheme': `Bearer ${encode('jörg:pa:ss:wörd')}`,
    'no token': 'Basic ',
    'two tokens': `Basic ${encode('jörg:pa:ss:wörd')} x`,
    'a token that is not base64': 'Basic ****',
    'another password': `Basic ${encode('jörg:pa:ss:word')}`,
    'another user': `Basic ${encode('jorg:pa:ss:wörd')}`,
    'only the beginning': `Basic ${encode('jörg:pa')}`,
    'the credentials in Latin-1': `Basic ${encode(Buffer.from('jörg:pa:ss:wörd', 'latin1'))}`,
    'no colon': `Basic ${encode('jörg')}`,
  };
  for (const [what, authorization] of Object.entries(wrong))
    it(`asks for credentials when there is ${what}`, () =>
      assert.deepEqual(
        authenticator.authenticate(authorization === undefined ? {} : { authorization }),
        challenge,
      ));

  it('refuses everyone while its own credentials are not whole', () => {
    const broken = [
      basicAuthentication(undefined),
      make('', 'x'),
      make('x', ''),
      make('a:b', 'c'),
      make('', ''),
    ];
    for (const one of broken)
      for (const sent of [':', 'x:', ':x', 'a:b:c'])
        assert.deepEqual(one.authenticate({ authorization: `Basic ${encode(sent)}` }), challenge);
  });

  it('shows no password when it is printed', () => {
    assert.ok(!inspect(authenticator, { depth: 9, showHidden: true }).includes('wörd'));
  });
});
