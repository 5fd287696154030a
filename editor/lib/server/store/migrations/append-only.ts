import type { Kind } from './migration.ts';

/**
 * Statements after which a table takes new rows and nothing else.
 * `key` names the columns of its primary key: SQLite's `INSERT OR REPLACE` deletes without a word, so a row that is
 * there refuses its successor by itself.
 */
export function appendOnly(kind: Kind, table: string, key: readonly string[]): readonly string[] {
  return kind === 'sqlite' ? inSqlite(table, key) : inPostgres(table);
}

/** What `appendOnly` needs on PostgreSQL, once. */
export const refusal = `create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is evidence: it can be added to, not changed', tg_table_name using errcode = 'restrict_violation';
end $$`;

function inSqlite(table: string, key: readonly string[]): readonly string[] {
  const refuse = `begin select raise(abort, '${table} is evidence: it can be added to, not changed'); end`;
  const same = key.map((column) => `${column} = new.${column}`).join(' and ');
  return [
    `create trigger ${table}_refuses_update before update on ${table} ${refuse}`,
    `create trigger ${table}_refuses_delete before delete on ${table} ${refuse}`,
    `create trigger ${table}_refuses_replace before insert on ${table}
      when exists (select 1 from ${table} where ${same}) ${refuse}`,
  ];
}

function inPostgres(table: string): readonly string[] {
  return [
    `create trigger ${table}_refuses_change before update or delete on ${table}
      for each row execute function refuse_change()`,
    `create trigger ${table}_refuses_truncate before truncate on ${table}
      for each statement execute function refuse_change()`,
  ];
}
