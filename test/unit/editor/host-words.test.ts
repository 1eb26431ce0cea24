import assert from 'node:assert/strict';
import { hostWords, isGuarded, type HookHost } from '../../../nodes/shared/editor/host-words.ts';

const plain: HookHost = {
  root: '',
  guardsOpenHooks: false,
  hasPublicForms: false,
  hasMiddleware: false,
  hasCors: false,
  trustsProxy: false,
};
const closed = { isForm: false, isOpen: false };
const open = { isForm: false, isOpen: true };
const form = { isForm: true, isOpen: true };

describe("what Node-RED's settings do to a hook", () => {
  it('is little as Node-RED comes', () => {
    assert.deepEqual(hostWords(plain, closed), ['noCors', 'noTrustProxy']);
  });

  it('is everything where hooks are off', () => {
    assert.deepEqual(hostWords({ ...plain, root: null, hasCors: true }, closed), ['hooksOff']);
  });

  it('is a login of its own for hooks that have none, but for public forms', () => {
    const host = { ...plain, guardsOpenHooks: true };
    const isPublic = { ...host, hasPublicForms: true };
    assert.deepEqual(hostWords(host, closed), ['ownAuth', 'noCors', 'noTrustProxy']);
    assert.deepEqual(hostWords(host, open), ['guarded', 'noCors', 'noTrustProxy']);
    assert.deepEqual(hostWords(host, form), ['guarded', 'noCors', 'noTrustProxy']);
    assert.deepEqual(hostWords(isPublic, form), ['publicForm', 'noCors', 'noTrustProxy']);
    assert.deepEqual(hostWords(isPublic, open), ['guarded', 'noCors', 'noTrustProxy']);
    assert.equal(isGuarded(plain, open), false);
  });

  it('is what stands before it, and whom it sees', () => {
    const host = { ...plain, root: '/in', hasMiddleware: true, hasCors: true, trustsProxy: true };
    assert.deepEqual(hostWords(host, closed), ['root', 'middleware', 'cors', 'trustProxy']);
  });
});
