import type { Migration } from './migration.ts';

/**
 * Every other way in which SQLite's `INSERT OR REPLACE` would put a row in the place of one that is there, by a connection
 * that runs no triggers for what it thereby deletes. PostgreSQL has no such statement.
 */
export const noReplacing: Migration = {
  id: 3,
  name: 'no-replacing',
  statements: (kind) =>
    kind === 'sqlite' ? [...KEYS.map(([table, ...key]) => refuseSame(table, key)), ...TABLES.map(refuseSameRow)] : [],
};

const KEYS: readonly (readonly [table: string, ...key: string[]])[] = [
  ['revision', 'policy_id', 'number'],
  ['release', 'environment', 'seq'],
];

const TABLES = [
  'installation',
  'policy',
  'stored_text',
  'revision',
  'review',
  'review_comment',
  'simulation_run',
  'release',
  'retrospective_review',
  'audit_event',
  'signing_key',
  'checkpoint',
];

function refuseSame(table: string, key: readonly string[]): string {
  return refuse(table, key.join('_'), key.map((column) => `${column} = new.${column}`).join(' and '));
}

/** SQLite numbers rows from 1; a new row that names no number has −1 here. */
function refuseSameRow(table: string): string {
  return refuse(table, 'row', 'rowid = new.rowid and rowid > 0');
}

function refuse(table: string, what: string, same: string): string {
  return `create trigger ${table}_refuses_replace_by_${what} before insert on ${table}
    when exists (select 1 from ${table} where ${same})
    begin select raise(abort, '${table} is evidence: it can be added to, not changed'); end`;
}
