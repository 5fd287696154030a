import type { RowReference } from 'latchkey/evidence';
import type { EvidenceTable } from '../store/evidence-tables.ts';
import type { Store } from '../store/index.ts';

/** What a row of evidence says of the entry that it came of. */
export interface Said {
  readonly revision: string | null;
  /** A message, a reason or a comment. */
  readonly quote: string | null;
  /** The reason beside a message. */
  readonly why: string | null;
  readonly ticket: string | null;
}

/** Revisions by id, as a sentence names them. */
export type NumberedRevisions = ReadonlyMap<
  string,
  { readonly policy: string; readonly number: number; readonly version: number }
>;

/** What the rows that entries name say, by `table/key`, and the revisions they belong to. Rows that are gone say nothing. */
export async function whatRowsSay(
  store: Pick<Store, 'db'>,
  references: readonly RowReference[],
  moreRevisions: readonly string[],
): Promise<{ readonly said: ReadonlyMap<string, Said>; readonly revisions: NumberedRevisions }> {
  const said = new Map<string, Said>();
  for (const [table, read] of Object.entries(READERS)) {
    const keys = references.filter((reference) => reference.table === table).map(({ key }) => key);
    if (keys.length === 0) continue;
    for (const { id, revision, quote = null, why = null, ticket = null } of await read(store.db, keys)) {
      said.set(`${table}/${id}`, {
        revision,
        quote: quote === '' ? null : quote,
        why: why === '' ? null : why,
        ticket,
      });
    }
  }
  const ids = [...moreRevisions, ...[...said.values()].flatMap(({ revision }) => revision ?? [])];
  return { said, revisions: await numbered(store, [...new Set(ids)]) };
}

interface Read {
  readonly id: string;
  readonly revision: string | null;
  readonly quote?: string | null;
  readonly why?: string | null;
  readonly ticket?: string | null;
}

type Reader = (db: Store['db'], keys: readonly string[]) => Promise<readonly Read[]>;

const READERS: Readonly<Partial<Record<EvidenceTable, Reader>>> = {
  revision: (db, keys) =>
    db
      .selectFrom('revision')
      .select(['id', 'id as revision', 'message as quote', 'reason as why', 'ticket'])
      .where('id', 'in', keys)
      .execute(),
  review: (db, keys) =>
    db
      .selectFrom('review')
      .select(['id', 'revision_id as revision', 'message as quote'])
      .where('id', 'in', keys)
      .execute(),
  review_comment: (db, keys) =>
    db
      .selectFrom('review_comment')
      .select(['id', 'revision_id as revision', 'text as quote'])
      .where('id', 'in', keys)
      .execute(),
  simulation_run: (db, keys) =>
    db.selectFrom('simulation_run').select(['id', 'revision_id as revision']).where('id', 'in', keys).execute(),
  release: (db, keys) =>
    db
      .selectFrom('release')
      .select(['id', 'revision_id as revision', 'reason as quote', 'ticket'])
      .where('id', 'in', keys)
      .execute(),
  retrospective_review: (db, keys) =>
    db
      .selectFrom('retrospective_review')
      .innerJoin('release', 'release.id', 'retrospective_review.release_id')
      .select(['retrospective_review.id', 'release.revision_id as revision', 'retrospective_review.message as quote'])
      .where('retrospective_review.id', 'in', keys)
      .execute(),
};

async function numbered({ db }: Pick<Store, 'db'>, ids: readonly string[]): Promise<NumberedRevisions> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('revision')
    .select(['id', 'policy_id', 'number', 'version'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, policy_id: policy, number, version }) => [id, { policy, number, version }]));
}
