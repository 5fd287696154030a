import { setImmediate as breathe } from 'node:timers/promises';
import type { KeptRow, RowReference } from 'latchkey/evidence';
import { evidenceTables, type EvidenceTable } from './evidence-tables.ts';
import type { Store } from './store.ts';
import type { AuditEventRow, CheckpointRow } from './tables.ts';

/** Rows read at a time: memory stays flat however long the history is. */
const PAGE = 1_000;

const ALL = Object.keys(evidenceTables) as readonly EvidenceTable[];

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
  rows(tables?: readonly EvidenceTable[]): AsyncGenerator<KeptRow>;
}

/** Fixes where the evidence ends; everything is read later. */
export async function readEvidence({ db, log }: Pick<Store, 'db' | 'log'>): Promise<EvidenceReader> {
  // INVARIANT: read before the end is, so that a checkpoint beyond the end tells of a lost end and not of a new one.
  const checkpoints = await db.selectFrom('checkpoint').selectAll().orderBy('size').execute();
  const last = await endOf(db, log);
  return {
    ...{ log, last, checkpoints },
    entries: () => entriesBetween(db, log, 0, last),
    rows: (tables = ALL) => rowsUntil(db, log, last, tables),
  };
}

async function endOf(db: Store['db'], log: string): Promise<number> {
  const end = await db
    .selectFrom('audit_event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('log', '=', log)
    .executeTakeFirst();
  return end?.seq ?? 0;
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
    if (end === undefined || page.length < PAGE) return;
    seen = end.seq;
    await breathe();
  }
}

async function* rowsUntil(
  db: Store['db'],
  log: string,
  last: number,
  tables: readonly EvidenceTable[],
): AsyncGenerator<KeptRow> {
  const later = new Set<string>();
  let seen = last;
  for (const table of tables) {
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
      const end = await endOf(db, log);
      for await (const entry of entriesBetween(db, log, seen, end)) {
        for (const { table: of, key } of referencesIn(entry)) later.add(`${of}/${key}`);
      }
      seen = Math.max(seen, end);
      for (const row of page) {
        const key = String(row[column]);
        if (!later.has(`${table}/${key}`)) yield { table, key, row };
      }
      const bottom = page.at(-1);
      if (bottom === undefined || page.length < PAGE) break;
      after = String(bottom[column]);
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
