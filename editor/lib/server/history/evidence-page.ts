import type { EvidencePage } from '$lib/state/evidence-page.ts';
import { history as words } from '$lib/words/history.ts';
import { may, type Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { exportEvidence } from './export-evidence.ts';
import { lastSeq } from './integrity.ts';

/** What there is to take along. Throws Refusal without the right. */
export async function evidencePage(store: Store, by: Person): Promise<EvidencePage> {
  demandAudit(by);
  const { db, log, verifierKey } = store;
  const keys = await db.selectFrom('signing_key').select(['name', 'verifier_key']).orderBy('created_at').execute();
  return {
    ...{ log, entries: await lastSeq(store), signed: (await newest(store))?.size ?? null },
    keys: keys.map(({ name, verifier_key: text }) => ({ name, text, current: text === verifierKey })),
  };
}

/** The newest checkpoint as it was signed. Throws Refusal: no right, none signed yet. */
export async function newestCheckpoint(
  store: Store,
  by: Person,
): Promise<{ readonly size: number; readonly note: string }> {
  demandAudit(by);
  const checkpoint = await newest(store);
  if (checkpoint === undefined) throw new Refusal(404, 'checkpoint_unknown', words.noCheckpoint);
  return checkpoint;
}

/** A key's public half as a file. Throws Refusal: no right, no such key. */
export async function keyText({ db }: Store, by: Person, name: string): Promise<string> {
  demandAudit(by);
  const key = await db.selectFrom('signing_key').select('verifier_key').where('name', '=', name).executeTakeFirst();
  if (key === undefined) throw new Refusal(404, 'key_unknown', words.unknownKey);
  return `${key.verifier_key}\n`;
}

/** All evidence as a zip, in pieces. Throws Refusal without the right, at once. */
export function exportOf(store: Store, by: Person): AsyncGenerator<Uint8Array> {
  demandAudit(by);
  return exportEvidence(store);
}

async function newest({ db, log }: Store) {
  return db
    .selectFrom('checkpoint')
    .select(['size', 'note'])
    .where('log', '=', log)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
}

function demandAudit(by: Person): void {
  if (!may(by, 'audit')) throw new Refusal(403, 'not_allowed', words.notAllowed);
}
