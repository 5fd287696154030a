import { sql, type Kysely } from 'kysely';
import { copyWords } from '../../words/copies.ts';
import { Refusal } from '../refusal.ts';
import type { Tables } from '../store/index.ts';
import type { Fingerprint } from './fingerprint.ts';

/** What a backup says of itself, in a table that no store has. */
export interface BackupNote {
  readonly format: 1;
  readonly madeAt: number;
  readonly log: string;
  readonly print: Fingerprint;
  /** Texts of the secret files that were asked for, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

export async function writeNote(db: Kysely<Tables>, note: BackupNote): Promise<void> {
  await sql`create table backup_note (note text not null)`.execute(db);
  await sql`insert into backup_note values (${JSON.stringify(note)})`.execute(db);
}

/** Throws a Refusal for a file that is no backup, or one that a newer version made. */
export async function readNote(db: Kysely<Tables>): Promise<BackupNote> {
  const table = await sql`select 1 from sqlite_master where name = 'backup_note' and type = 'table'`.execute(db);
  if (table.rows.length === 0) throw new Refusal(422, 'no_backup', copyWords.noBackup);
  const { rows } = await sql<{ note: string }>`select note from backup_note`.execute(db);
  const note = JSON.parse(rows[0]?.note ?? '{}') as Partial<BackupNote>;
  const { format, madeAt, log, print, secrets } = note;
  if (format !== 1) throw new Refusal(422, 'newer_backup', copyWords.newerBackup);
  if (madeAt === undefined || log === undefined || print === undefined || secrets === undefined) {
    throw new Refusal(422, 'no_backup', copyWords.noBackup);
  }
  return { format, madeAt, log, print, secrets };
}
