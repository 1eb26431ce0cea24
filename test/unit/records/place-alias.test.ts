import assert from 'node:assert/strict';
import { placeAlias } from '../../../src/records/place-alias.ts';

const nobody = { accountId: 1, isOwnName: false, nameOwnerId: undefined, aliasOwnerId: undefined };

describe('An alias', () => {
  it('is new where nothing goes by it', () => {
    assert.equal(placeAlias(nobody), 'new');
    assert.equal(placeAlias({ ...nobody, accountId: undefined }), 'new');
  });

  it('stays where its account has it', () => {
    assert.equal(placeAlias({ ...nobody, aliasOwnerId: 1 }), 'unchanged');
  });

  it('moves from another account, also to one that is not there yet', () => {
    assert.equal(placeAlias({ ...nobody, aliasOwnerId: 2 }), 'moved');
    assert.equal(placeAlias({ ...nobody, accountId: undefined, aliasOwnerId: 2 }), 'moved');
  });

  it('is nothing to do where it is the name of its own account, also of one that is not there yet', () => {
    assert.equal(placeAlias({ ...nobody, nameOwnerId: 1 }), 'unchanged');
    assert.equal(placeAlias({ ...nobody, nameOwnerId: 1, isOwnName: true }), 'unchanged');
    assert.equal(placeAlias({ ...nobody, accountId: undefined, isOwnName: true }), 'unchanged');
  });

  it('cannot be the name of another account', () => {
    assert.equal(placeAlias({ ...nobody, nameOwnerId: 2 }), 'conflict');
    assert.equal(placeAlias({ ...nobody, accountId: undefined, nameOwnerId: 2 }), 'conflict');
  });
});
