import { readFileSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { HookError } from '../../errors.ts';
import type { Parameters } from './rows.ts';
import type { StatementRows } from './statement-rows.ts';

/** The statements of `statements/`, one per file, prepared on first use and kept. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #texts = new Map<string, string>();
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The first row, or undefined. The tables are strict, so a row has the types that its statement's columns have. */
  first<Name extends keyof StatementRows>(
    name: Name,
    parameters: Parameters,
  ): StatementRows[Name] | undefined {
    return this.#prepare(this.#text(name)).get(parameters) as unknown as StatementRows[Name] | undefined;
  }

  /** A row that must be there. */
  one<Name extends keyof StatementRows>(name: Name, parameters: Parameters): StatementRows[Name] {
    const row = this.first(name, parameters);
    if (row === undefined) throw new HookError('HOOK_INVARIANT', `The statement ${name} gives no row.`);
    return row;
  }

  all<Name extends keyof StatementRows>(name: Name, parameters: Parameters = {}): StatementRows[Name][] {
    return this.#prepare(this.#text(name)).all(parameters) as unknown as StatementRows[Name][];
  }

  /** The rows one by one; a statement is read to its end, or left, before it is asked again. */
  each<Name extends keyof StatementRows>(
    name: Name,
    parameters: Parameters,
  ): IterableIterator<StatementRows[Name]> {
    return this.#prepare(this.#text(name)).iterate(parameters) as unknown as IterableIterator<
      StatementRows[Name]
    >;
  }

  /** All rows of a statement that has a place for conditions, written by us and never by the one who asks. */
  allWhere<Name extends keyof StatementRows>(
    name: Name,
    conditions: readonly string[],
    parameters: Parameters,
  ): StatementRows[Name][] {
    const text = this.#text(name).replace('/* conditions */', conditions.join(' and ') || 'true');
    return this.#prepare(text).all(parameters) as unknown as StatementRows[Name][];
  }

  /** How many rows it changed. */
  run(name: string, parameters: Parameters): number {
    return Number(this.#prepare(this.#text(name)).run(parameters).changes);
  }

  /** The key of the row it added. */
  insert(name: string, parameters: Parameters): number {
    return Number(this.#prepare(this.#text(name)).run(parameters).lastInsertRowid);
  }

  #text(name: string): string {
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const text = readFileSync(new URL(`./statements/${name}.sql`, import.meta.url), 'utf8');
    this.#texts.set(name, text);
    return text;
  }

  #prepare(text: string): StatementSync {
    const known = this.#prepared.get(text);
    if (known) return known;
    const statement = this.#database.prepare(text);
    this.#prepared.set(text, statement);
    return statement;
  }
}
