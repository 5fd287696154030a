import { fileWords } from '../../words/files.ts';
import type { ReleaseRow, Store, Writing } from '../store/index.ts';
import { changeIfAny } from './change.ts';
import { whyNot, whyNotTimeline, type RefusedFile } from './check-version.ts';
import { newRevision } from './new-revision.ts';
import { readFolder, type FolderPolicy } from './read-folder.ts';

/** Where what the product ships is published. */
const ENVIRONMENT = { id: 'production', title: 'Production', position: 1, requires_approval: 1 };
const SYSTEM = 'system';
/** The entry that says an import has ended: from then on the store is the only source. */
const ENDED = 'policies.imported';

/** What an import did. */
export interface Imported {
  /** Ids of the policies that are new in the store. */
  readonly policies: readonly string[];
  /** Files that stay outside until they are mended and pushed. */
  readonly refused: readonly RefusedFile[];
}

/**
 * Fills an empty store from a policies folder: every version published, with the policy's timelines; a file that does not
 * load stays outside. Each policy is one change, so an import that was cut short goes on at the next start; one that ended
 * is never repeated. Does nothing to a store in which people have made policies. Throws a Refusal that names a file which
 * is not UTF-8.
 */
export async function importPolicies(store: Store, folder: string): Promise<Imported> {
  // What lies in the folder later on concerns nobody who starts a server.
  if (!(await isOpen(store))) return { policies: [], refused: [] };
  const files = await readFolder(folder);
  const refused = files
    .flatMap(({ id, versions, timelines }) => [
      ...versions.map((version) => whyNot(id, version)),
      ...timelines.map(whyNotTimeline),
    ])
    .filter((each) => each !== null);
  const outside = new Set(refused.map(({ file }) => file));
  const isIn = ({ file }: { readonly file: string }): boolean => !outside.has(file);
  const usable = files
    .map(({ id, versions, timelines }) => ({
      ...{ id, versions: versions.filter(isIn), timelines: timelines.filter(isIn) },
    }))
    .filter(({ versions }) => versions.length > 0);
  const policies: string[] = [];
  if (usable.length === 0) return { policies, refused };
  for (const policy of usable) {
    const made = await attempt(store, async (writing) => importPolicy(writing, policy));
    if (made) policies.push(policy.id);
  }
  await attempt(store, async ({ record }) => {
    await record({ type: ENDED, actor: SYSTEM, subject: `log/${store.log}`, data: { policies } });
    return true;
  });
  return { policies, refused };
}

/** Runs one step unless another node did it, or ended the import, since. */
async function attempt(store: Store, step: (writing: Writing) => Promise<boolean>): Promise<boolean> {
  const done = await changeIfAny(store, async (writing) => {
    const open = await isOpen({ db: writing.tx, log: store.log });
    return open && (await step(writing)) ? true : null;
  });
  return done ?? false;
}

/** Whether the shipped policies may still come in. */
async function isOpen({ db, log }: Pick<Store, 'db' | 'log'>): Promise<boolean> {
  const ended = db.selectFrom('audit_event').select('seq').where('log', '=', log).where('type', '=', ENDED);
  if ((await ended.executeTakeFirst()) !== undefined) return false;
  const byPeople = db.selectFrom('policy').select('id').where('created_by', '!=', SYSTEM);
  return (await byPeople.executeTakeFirst()) === undefined;
}

async function importPolicy(writing: Writing, policy: FolderPolicy): Promise<boolean> {
  const { tx, at, record, signAtEnd } = writing;
  const { id } = policy;
  const known = await tx.selectFrom('policy').select('id').where('id', '=', id).executeTakeFirst();
  if (known !== undefined) return false;
  await makeEnvironment(writing);
  const about = { actor: SYSTEM, subject: `policy/${id}` };
  await record({ ...about, type: 'policy.made' }, [['policy', { id, created_at: at, created_by: SYSTEM }]]);
  for (const version of policy.versions) {
    const said = { message: fileWords.imported, reason: '', ticket: null };
    const provenance = { author: SYSTEM, ...said, origin: 'imported' } as const;
    const { revision, rows } = await newRevision(writing, policy, version, provenance);
    const { number, content_hash: contentHash } = revision;
    await record({ ...about, type: 'revision.imported', data: { revision: revision.id, number, contentHash } }, rows);
    const release = await newRelease(writing, revision);
    const { environment, seq } = release;
    const data = { environment, seq, release: release.id, kind: 'imported' };
    await record({ ...about, type: 'release.published', data }, [['release', release]]);
  }
  signAtEnd();
  return true;
}

async function makeEnvironment({ tx, at, record }: Writing): Promise<void> {
  const { id } = ENVIRONMENT;
  const known = await tx.selectFrom('environment').select('id').where('id', '=', id).executeTakeFirst();
  if (known !== undefined) return;
  await tx
    .insertInto('environment')
    .values({ ...ENVIRONMENT, created_at: at })
    .execute();
  const data = { title: ENVIRONMENT.title, requires_approval: ENVIRONMENT.requires_approval };
  await record({ type: 'environment.made', actor: SYSTEM, subject: `environment/${id}`, data });
}

type Imprint = Pick<ReleaseRow, 'policy_id' | 'digest' | 'content_hash' | 'text'> & { readonly id: string };

async function newRelease({ tx, at, newId }: Writing, revision: Imprint): Promise<ReleaseRow> {
  const last = await tx
    .selectFrom('release')
    .select('seq')
    .where('environment', '=', ENVIRONMENT.id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { policy_id, digest, content_hash, text } = revision;
  return {
    ...{ id: newId(), environment: ENVIRONMENT.id, seq: (last?.seq ?? 0) + 1, policy_id, revision_id: revision.id },
    ...{ digest, content_hash, text, kind: 'imported', reason: fileWords.imported, ticket: null },
    ...{ published_by: SYSTEM, approvals: '[]', simulation_run: null, created_at: at },
  };
}
