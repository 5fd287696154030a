/** What the page of one policy is made of: what was published, and the draft as everybody has it. */
import type { PolicyPage } from '$lib/state/open-policy.ts';
import type { RevisionTexts, SharedVersion } from '$lib/state/shared-version.ts';
import type { SignedIn } from './accounts/index.ts';
import { policyTexts } from './catalogue.ts';
import { newestRevision, readDraft } from './changes/index.ts';
import { may } from './person.ts';
import type { Running } from './running.ts';

type House = Pick<Running, 'store' | 'accounts'>;
type Revision = NonNullable<Awaited<ReturnType<typeof newestRevision>>>;

/** The page’s data. Throws Refusal 404 when there is no such policy. */
export async function policyPage(house: House, by: SignedIn, id: string): Promise<PolicyPage> {
  const texts = await policyTexts(house.store, id);
  return { ...texts, draft: await sharedVersion(house, by, id), mayEdit: may(by, 'edit') };
}

/** The draft as it stands. Throws Refusal 404 when there is no such policy. */
export async function sharedVersion({ store, accounts }: House, by: SignedIn, id: string): Promise<SharedVersion> {
  const { text, timelines, lockVersion, base, updatedBy, updatedAt } = await readDraft(store, id);
  const newest = await newestRevision(store.db, id);
  const names = await accounts.names(by);
  return {
    ...{ text, timelines: timelines.map(({ name, text }) => ({ name, text })), lockVersion, updatedAt },
    base: base === null ? null : textsOf(base),
    newer: newest === null || newest.id === base?.id ? null : textsOf(newest),
    updatedBy: updatedBy === null ? null : (names.get(updatedBy) ?? null),
  };
}

/** Changes whenever the draft or what it is measured against does; for asking whether anything is new. */
export function tagOf({ lockVersion, base, newer }: SharedVersion): string {
  return `"${lockVersion}-${base?.number ?? 0}-${newer?.number ?? 0}"`;
}

function textsOf({ id, number, version, text, timelines }: Revision): RevisionTexts {
  return { id, number, version, text, timelines: timelines.map(({ name, text }) => ({ name, text })) };
}
