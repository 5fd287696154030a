import { canonicalText, entryHash, NO_ENTRY, rowHash, type EntryData } from 'latchkey/evidence';
import type { Transaction } from 'kysely';
import { evidenceTables, type EvidenceTable } from './evidence-tables.ts';
import { primitives } from './hashes.ts';
import type { AuditEventRow, Tables } from './tables.ts';

/** What happened, by whom, to what. Ids only: a name or an address in here could never be erased again. */
export interface Happening {
  /** Such as `revision.submitted`. */
  readonly type: string;
  /** A user's id, `app-key/<id>`, or `system`. */
  readonly actor: string;
  /** Such as `policy/field-service`. */
  readonly subject: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A new row of evidence. */
export type NewRow = { [T in EvidenceTable]: readonly [table: T, row: Tables[T]] }[EvidenceTable];

/** Adds the rows, and the one entry that says who added them; the caller holds the write lock. */
export async function appendEntry(
  tx: Transaction<Tables>,
  log: string,
  at: number,
  { type, actor, subject, data = {} }: Happening,
  rows: readonly NewRow[],
): Promise<AuditEventRow> {
  for (const [table, row] of rows) await tx.insertInto(table).values(row).execute();
  const last = await tx
    .selectFrom('audit_event')
    .select(['seq', 'entry_hash'])
    .where('log', '=', log)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  const prev = last?.entry_hash ?? NO_ENTRY;
  const whole: EntryData = rows.length === 0 ? data : { ...data, rows: rows.map(referenceTo) };
  const entry = { log, seq, at, type, actor, subject, prev, data: whole };
  const event = {
    ...{ log, seq, at, type, actor, subject },
    data: canonicalText(whole),
    prev_hash: prev,
    entry_hash: entryHash(entry, primitives.sha256),
  };
  await tx.insertInto('audit_event').values(event).execute();
  return event;
}

function referenceTo([table, row]: NewRow) {
  const columns: Readonly<Record<string, unknown>> = { ...row };
  return { table, key: String(columns[evidenceTables[table]]), hash: rowHash(table, columns, primitives.sha256) };
}
