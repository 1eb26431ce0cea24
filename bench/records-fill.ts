import { DatabaseSync } from 'node:sqlite';

export const ACCOUNTS = 100_000;
export const CONTACTS = 1_000_000;

/** A number in no order, for each number below `count` another: neighbours in an index are not those made one after the other. */
export const shuffled = (index: number, count: number): number =>
  Number((BigInt(index) * 7_368_787n) % BigInt(count));

export const accountName = (index: number): string => `account ${shuffled(index, ACCOUNTS)}`;
export const emailOf = (index: number): string => `contact${shuffled(index, CONTACTS)}@example.org`;
export const phoneOf = (index: number): string => `1555${shuffled(index, CONTACTS)}`;

const DAY = 86_400_000;

/** Fills the tables of a store that is closed, as fast as SQLite takes rows; every second account has had an activity. */
export function fillRecords(file: string, now: number): void {
  const database = new DatabaseSync(file);
  // Nothing is to be kept if the machine stops.
  database.exec('pragma synchronous = off; pragma cache_size = -524288; begin');
  const account = database.prepare(
    'insert into accounts (name, name_key, properties, last_activity_at, created_at, updated_at) values (?, ?, ?, ?, ?, ?)',
  );
  for (let index = 0; index < ACCOUNTS; index++) {
    const name = accountName(index);
    const lastActivityAt = index % 2 === 0 ? now - (shuffled(index, 365) + 1) * DAY : null;
    account.run(name, name, '{"region":"NZ"}', lastActivityAt, now - 400 * DAY, now);
  }
  const contact = database.prepare(
    `insert into contacts (email, email_key, phone, phone_key, account_id, properties, created_at, updated_at)
     values (?, ?, ?, ?, ?, '{"firstName":"Carole","lastName":"Customer","language":"English"}', ?, ?)`,
  );
  for (let index = 0; index < CONTACTS; index++) {
    const [email, phone] = [emailOf(index), phoneOf(index)];
    contact.run(email, email, phone, phone, 1 + (index % ACCOUNTS), now, now);
  }
  database.exec('commit');
  database.close();
}
