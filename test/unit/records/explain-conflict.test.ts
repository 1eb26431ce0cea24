import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { explainConflict } from '../../../src/records/explain-conflict.ts';

const renamed = (builtIn: string): string => `my<${builtIn}>`;

describe('A conflict with what is stored', () => {
  it('names both identifiers of a contact, as the record calls them, safe to show', () => {
    const { field, path, rule, message } = explainConflict({ kind: 'conflict', about: 'contact' }, renamed);
    assert.deepEqual([field, path, rule], ['my‹email› and my‹phone›', '', 'identifier conflict']);
    assert.match(message, /^my‹email› and my‹phone› belong to two contacts\./);
  });

  it('names the alias that is the name of another account', () => {
    const { field, path, rule, message } = explainConflict(
      { kind: 'conflict', about: 'alias' },
      (name) => name,
    );
    assert.deepEqual([field, path, rule], ['alias', '/alias', 'identifier conflict']);
    assert.equal(message, 'alias is the name of another account, so it cannot be an alias too.');
  });
});
