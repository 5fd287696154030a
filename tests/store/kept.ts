import { expect } from 'vitest';
import { makePolicy, readDraft } from '$lib/server/changes/index.ts';
import { verifyStore, type Store } from '$lib/server/store/index.ts';
import { nextLine, type Running } from './child.ts';
import { addEnvironment } from './desk.ts';
import { admin, enrol, policyText } from './people.ts';

/** What the program `writer` is given. */
export interface Writers {
  readonly folder: string;
  readonly url?: string | undefined;
  readonly policies: readonly string[];
}

/** What the program `writer` says: each line was acknowledged by the store before it was printed. */
export type Acknowledged =
  | { readonly kind: 'started' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'draft'; readonly policyId: string; readonly lockVersion: number; readonly version: number }
  | { readonly kind: 'revision'; readonly id: string; readonly contentHash: string }
  | { readonly kind: 'release'; readonly id: string; readonly seq: number };

/** Makes what the writers write on: a policy for each, and an environment where one person may publish. */
export async function prepare(store: Store, policies: readonly string[]): Promise<void> {
  await enrol(store);
  await addEnvironment(store, 'alone', 0);
  for (const id of policies) await makePolicy(store, admin, { id, text: policyText(1, '7d', id) });
}

/** The next thing that the program `writer` says. */
export const heard = async (running: Running) => JSON.parse(await nextLine(running)) as Acknowledged;

/** Listens until so many writes were acknowledged. */
export async function hear(running: Running, writes: number, into: Acknowledged[]): Promise<void> {
  for (let count = 0; count < writes;) {
    const line = await heard(running);
    into.push(line);
    if (['draft', 'revision', 'release'].includes(line.kind)) count += 1;
  }
}

/** Kills it, and hears what it had said by then. */
export async function killed(running: Running, into: Acknowledged[]): Promise<void> {
  await running.kill('SIGKILL');
  expect(await running.ended).toMatchObject({ signal: 'SIGKILL', stderr: '' });
  for await (const line of running.lines) into.push(JSON.parse(line) as Acknowledged);
}

/** Demands that everything acknowledged is there, and that the history verifies. */
export async function demandKept(store: Store, acknowledged: readonly Acknowledged[]): Promise<void> {
  const { db } = store;
  const revisions = new Map(
    (await db.selectFrom('revision').select(['id', 'content_hash']).execute()).map((row) => [row.id, row.content_hash]),
  );
  const releases = await db.selectFrom('release').select(['id', 'seq']).orderBy('seq').execute();
  const seqs = new Map(releases.map(({ id, seq }) => [id, seq]));
  const drafts = new Map<string, Extract<Acknowledged, { kind: 'draft' }>>();
  const lost: Acknowledged[] = [];
  for (const each of acknowledged) {
    if (each.kind === 'draft') drafts.set(each.policyId, each);
    if (each.kind === 'revision' && revisions.get(each.id) !== each.contentHash) lost.push(each);
    if (each.kind === 'release' && seqs.get(each.id) !== each.seq) lost.push(each);
  }
  for (const each of drafts.values()) {
    const { lockVersion, text } = await readDraft(store, each.policyId);
    const same = lockVersion === each.lockVersion;
    if (lockVersion < each.lockVersion) lost.push(each);
    if (same && text !== policyText(each.version, '7d', each.policyId)) lost.push(each);
  }
  expect(lost, 'acknowledged and lost').toEqual([]);
  expect(releases.map(({ seq }) => seq)).toEqual(releases.map((_, index) => index + 1));
  expect((await verifyStore(store)).problems).toEqual([]);
}
