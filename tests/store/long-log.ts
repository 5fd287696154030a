import type { Insertable } from 'kysely';
import type { Store, Tables } from '$lib/server/store/index.ts';

const BATCH = 500;
const PEOPLE = 40;
const POLICIES = 30;

const policyOf = (seq: number): number => Math.floor(seq / 5) % POLICIES;

/** What an entry is about: of five, one submits a revision and one reviews it, and every tenth such revision is published. */
function kindOf(seq: number): 'release' | 'revision' | 'review' | 'draft' {
  if (seq % 50 === 0) return 'release';
  return seq % 5 === 1 ? 'revision' : seq % 5 === 2 ? 'review' : 'draft';
}

const TYPES = {
  release: 'release.published',
  revision: 'revision.submitted',
  review: 'review.given',
  draft: 'draft.edited',
};

/** The entry of the revision that an entry is about. */
const origin = { revision: 0, review: 1, release: 44, draft: 0 };

/**
 * Fills the log up to so many entries with what thirty policies, forty people and two environments leave behind: entries
 * that name rows, and the rows. That they are no chain is nothing to a reader.
 */
export async function addEntries({ db, log }: Store, entries: number): Promise<void> {
  const first = await db
    .selectFrom('audit_event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirstOrThrow();
  await addSurroundings(db);
  for (let after = first.seq; after < entries; after += BATCH) {
    const seqs = Array.from({ length: Math.min(BATCH, entries - after) }, (_, index) => after + 1 + index);
    const of = (kind: ReturnType<typeof kindOf>) => seqs.filter((seq) => kindOf(seq) === kind);
    // Before the log began there was nothing to review or to publish.
    const known = (seq: number) => seq - origin[kindOf(seq)] > first.seq;
    await add(db, 'revision', of('revision').map(revisionRow));
    await add(db, 'review', of('review').filter(known).map(reviewRow));
    await add(db, 'release', of('release').filter(known).map(releaseRow));
    const events = seqs.map((seq) => eventRow(log, seq, known(seq)));
    await add(db, 'audit_event', events);
  }
}

async function add<T extends 'revision' | 'review' | 'release' | 'audit_event'>(
  db: Store['db'],
  table: T,
  rows: readonly Insertable<Tables[T]>[],
): Promise<void> {
  if (rows.length > 0) await db.insertInto(table).values(rows).execute();
}

async function addSurroundings(db: Store['db']): Promise<void> {
  const [at, times] = [1, { created_at: new Date(1), updated_at: new Date(1) }];
  const ids = Array.from({ length: PEOPLE }, (_, index) => `u-${index}`);
  const person = { email_verified: true, image: null, two_factor_enabled: true, ...times };
  await db
    .insertInto('person')
    .values(ids.map((id) => ({ ...person, id, name: `Person ${id}`, email: `${id}@example.org` })))
    .execute();
  await db
    .insertInto('membership')
    .values(ids.map((id) => ({ person_id: id, role: 'approver', created_at: at, deactivated_at: null })))
    .execute();
  await db
    .insertInto('environment')
    .values(
      ['production', 'staging'].map((id) => ({ id, title: id, position: 1, requires_approval: 1, created_at: at })),
    )
    .execute();
  const policies = Array.from({ length: POLICIES }, (_, index) => ({ id: `p-${index}` }));
  await db
    .insertInto('policy')
    .values(policies.map(({ id }) => ({ id, created_at: at, created_by: 'u-0' })))
    .execute();
}

const person = (seq: number): string => `u-${seq % PEOPLE}`;

function revisionRow(seq: number): Insertable<Tables['revision']> {
  const number = Math.floor(seq / 5 / POLICIES) + 1;
  const text = `{ "version": ${number}, "title": "Policy ${policyOf(seq)}", "notes": "${'n'.repeat(300)}" }\n`;
  return {
    ...{ id: `r-${seq}`, policy_id: `p-${policyOf(seq)}`, number, parent: null, version: number, text },
    ...{ digest: `d-${seq}`, timelines: '[]', content_hash: `h-${seq}`, author: person(seq), origin: 'submitted' },
    ...{ contributors: JSON.stringify([person(seq)]), message: `Change ${number}`, reason: 'It was asked for.' },
    ...{ ticket: `T-${seq}`, created_at: seq },
  };
}

function reviewRow(seq: number): Insertable<Tables['review']> {
  const revision = seq - origin.review;
  const about = { revision_id: `r-${revision}`, content_hash: `h-${revision}`, created_at: seq };
  return { ...about, id: `v-${seq}`, reviewer: person(seq), verdict: 'approve', message: 'It reads well.' };
}

function releaseRow(seq: number): Insertable<Tables['release']> {
  const revision = seq - origin.release;
  return {
    ...{ id: `x-${seq}`, environment: environmentOf(seq), seq: Math.ceil(seq / 100), revision_id: `r-${revision}` },
    ...{ policy_id: `p-${policyOf(revision)}`, digest: `d-${revision}`, content_hash: `h-${revision}`, text: '{}' },
    ...{ kind: 'normal', reason: 'It is time.', ticket: null, published_by: person(seq), approvals: '[]' },
    ...{ simulation_run: null, created_at: seq },
  };
}

const environmentOf = (seq: number): string => (seq % 100 === 0 ? 'production' : 'staging');

function eventRow(log: string, seq: number, known: boolean): Insertable<Tables['audit_event']> {
  const kind = kindOf(seq);
  const key = { revision: 'r', review: 'v', release: 'x', draft: '' }[kind];
  const data = {
    ...(kind === 'release' ? { approvalRequired: true, environment: environmentOf(seq), kind: 'normal' } : {}),
    note: 'n'.repeat(200),
    ...(kind === 'draft' ? {} : { revision: `r-${seq - origin[kind]}` }),
    ...(kind === 'draft' || !known ? {} : { rows: [{ hash: 'c'.repeat(64), key: `${key}-${seq}`, table: kind }] }),
    ...(kind === 'review' ? { verdict: 'approve' } : {}),
  };
  return {
    ...{ log, seq, at: seq, actor: person(seq), subject: `policy/p-${policyOf(seq - origin[kind])}` },
    ...{ type: TYPES[kind], data: JSON.stringify(data), prev_hash: 'a'.repeat(64), entry_hash: 'b'.repeat(64) },
  };
}
