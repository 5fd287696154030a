import { setImmediate as breathe } from 'node:timers/promises';
import type { KeptRow, RowReference } from 'latchkey/evidence';
import { evidenceTables, type EvidenceTable } from './evidence-tables.ts';
import type { Store } from './store.ts';
import type { AuditEventRow, CheckpointRow } from './tables.ts';

/** Rows read at a time: memory stays flat however long the history is. */
const PAGE = 1_000;

/** The evidence as of one entry, read page by page while others go on writing. */
export interface EvidenceReader {
  readonly log: string;
  /** The last entry that belongs to it; 0 in an empty log. */
  readonly last: number;
  /** By size. */
  readonly checkpoints: readonly CheckpointRow[];
  /** Oldest first. */
  entries(): AsyncGenerator<AuditEventRow>;
  /** Every row that an entry must vouch for, a table after the other, by primary key; what later entries added is left out. */
  rows(): AsyncGenerator<KeptRow & { readonly table: EvidenceTable }>;
}

/** Fixes where the evidence ends; everything is read later. */
export async function readEvidence({ db, log }: Pick<Store, 'db' | 'log'>): Promise<EvidenceReader> {
  // INVARIANT: read before the end is, so that a checkpoint beyond the end tells of a lost end and not of a new one.
  const checkpoints = await db.selectFrom('checkpoint').selectAll().orderBy('size').execute();
  const end = await db
    .selectFrom('audit_event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('log', '=', log)
    .executeTakeFirst();
  const last = end?.seq ?? 0;
  return {
    ...{ log, last, checkpoints },
    entries: () => entriesBetween(db, log, 0, last),
    rows: () => rowsUntil(db, log, last),
  };
}

async function* entriesBetween(db: Store['db'], log: string, after: number, last: number) {
  for (let seen = after; ;) {
    const page = await db
      .selectFrom('audit_event')
      .selectAll()
      .where('log', '=', log)
      .where('seq', '>', seen)
      .where('seq', '<=', last)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    yield* page;
    const end = page.at(-1);
    if (end === undefined) return;
    seen = end.seq;
    await breathe();
  }
}

async function* rowsUntil(db: Store['db'], log: string, last: number): ReturnType<EvidenceReader['rows']> {
  const later = new Set<string>();
  let seen = last;
  for (const table of Object.keys(evidenceTables) as EvidenceTable[]) {
    const column = evidenceTables[table];
    for (let after = ''; ;) {
      const page: readonly Readonly<Record<string, unknown>>[] = await db
        .selectFrom(table)
        .selectAll()
        .where(column as never, '>', after as never)
        .orderBy(column as never)
        .limit(PAGE)
        .execute();
      // A row that was written since came with its entry, which therefore is there by now.
      for await (const entry of entriesBetween(db, log, seen, Number.MAX_SAFE_INTEGER)) {
        for (const { table: of, key } of referencesIn(entry)) later.add(`${of}/${key}`);
        seen = entry.seq;
      }
      for (const row of page) {
        const key = String(row[column]);
        if (!later.has(`${table}/${key}`)) yield { table, key, row };
      }
      const end = page.at(-1);
      if (end === undefined) break;
      after = String(end[column]);
      await breathe();
    }
  }
}

function referencesIn({ data }: AuditEventRow): readonly RowReference[] {
  try {
    const { rows } = JSON.parse(data) as { rows?: unknown };
    return Array.isArray(rows) ? (rows as RowReference[]) : [];
  } catch {
    // Whoever checks the log from its beginning will say that this entry was altered.
    return [];
  }
}
