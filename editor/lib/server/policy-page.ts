/** What the page of one policy is made of: what was published, and the draft as everybody has it. */
import type { PolicyPage } from '$lib/state/open-policy.ts';
import type { RevisionTexts, SharedVersion } from '$lib/state/shared-version.ts';
import type { SignedIn } from './accounts/index.ts';
import { policyTexts } from './catalogue.ts';
import { newestRevision, readDraft } from './changes/index.ts';
import { may } from './person.ts';
import type { Running } from './running.ts';
import { digestOf } from './store/index.ts';

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

/** The names of everybody else who has the page of the policy open, and that whoever asks has it open, too. */
export async function presentNow(
  { accounts, presence }: Pick<Running, 'accounts' | 'presence'>,
  by: SignedIn,
  id: string,
): Promise<readonly string[]> {
  presence.saw(id, by.id);
  const others = presence.others(id, by.id);
  const names = others.length === 0 ? null : await accounts.names(by);
  return others.flatMap((person) => names?.get(person) ?? []);
}

/** Changes whenever the draft does, what it is measured against, or who is there; for asking whether anything is new. */
export function tagOf({ lockVersion, base, newer }: SharedVersion, present: readonly string[]): string {
  const there = digestOf(JSON.stringify(present)).slice(0, 16);
  return `"${lockVersion}-${base?.number ?? 0}-${newer?.number ?? 0}-${there}"`;
}

function textsOf({ id, number, version, text, timelines }: Revision): RevisionTexts {
  return { id, number, version, text, timelines: timelines.map(({ name, text }) => ({ name, text })) };
}
