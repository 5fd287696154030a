/** A server with a past: people of every role, and something of every kind in its log. */
import { openAccounts, type Accounts } from '$lib/server/accounts/index.ts';
import {
  breakGlass,
  comment,
  makePolicy,
  publish,
  readDraft,
  review,
  runTimelines,
  saveDraft,
  submit,
} from '$lib/server/changes/index.ts';
import type { Person, Role } from '$lib/server/person.ts';
import { openStore, type Store } from '$lib/server/store/index.ts';
import { ADMIN, signIn } from '../../scripts/editor-server.mjs';
import { policyText, storyText } from '../store/people.ts';

/** What a browser does not run when it stands in a text. */
export const MARKUP = '<img src=x onerror="document.title=1"> looks right';

const NAMES: Readonly<Record<Exclude<Role, 'admin'>, string>> = {
  viewer: 'Vera Viewer',
  auditor: 'Otto Auditor',
  author: 'Ann Author',
  approver: 'Bob Approver',
};
const PASSWORD = 'a long enough sentence';

export interface Past {
  /** The store of the running server, opened a second time. */
  readonly store: Store;
  readonly accounts: Accounts;
  readonly people: Readonly<Record<Role, Person>>;
  /** What a browser holds of somebody who is signed in. */
  readonly sessions: Readonly<Record<Role, Awaited<ReturnType<typeof signIn>>>>;
}

/** Lets people of every role join a server that has only its first administrator, and makes a policy’s past with them. */
export async function makePast({ url, folder }: { readonly url: string; readonly folder: string }): Promise<Past> {
  const store = await openStore({ folder, now: Date.now });
  const accounts = openAccounts({ store, folder, origin: url, loopback: true, env: {} });
  const first = await store.db.selectFrom('membership').select('person_id').executeTakeFirstOrThrow();
  const admin: Person = { id: first.person_id, role: 'admin' };
  const joined = async (role: Exclude<Role, 'admin'>): Promise<Person> => {
    const { token } = await accounts.invite(admin, { role, days: 7 });
    return accounts.useInvitation(token, { name: NAMES[role], email: `${role}@example.org`, password: PASSWORD });
  };
  const people = {
    admin,
    viewer: await joined('viewer'),
    auditor: await joined('auditor'),
    author: await joined('author'),
    approver: await joined('approver'),
  };
  const session = (role: Role) => signIn(url, { email: `${role}@example.org`, password: PASSWORD });
  const sessions = {
    admin: await signIn(url, ADMIN),
    viewer: await session('viewer'),
    auditor: await session('auditor'),
    author: await session('author'),
    approver: await session('approver'),
  };
  const past = { store, accounts, people, sessions };
  await live(past);
  return past;
}

/** Three revisions of one policy: approved, published without anybody’s approval, and published in an emergency. */
async function live({ store, accounts, people }: Past): Promise<void> {
  const { admin, author, approver } = people;
  await accounts.makeEnvironment(admin, { id: 'staging', title: 'Staging' });
  await accounts.setApproval(admin, { environment: 'staging', required: false, reason: 'Only we use it.' });
  await accounts.makeAppKey(admin, { name: 'Tablets', environment: 'staging', expiresAt: Date.now() + 3_600_000 });
  await makePolicy(store, author, { id: 'notes', text: '' });

  const one = await submitted(store, author, 1, 7);
  await comment(store, approver, { revisionId: one.id, pointer: '/version', text: MARKUP });
  await runTimelines(store, author, one.id);
  await reviewed(store, approver, one, 'approve', MARKUP);
  const target = { environment: 'production', reason: 'The field teams wait for it.', ticket: 'OPS-7' };
  await publish(store, approver, { ...target, revisionId: one.id, contentHash: one.contentHash });

  const two = await submitted(store, author, 2, 5);
  await reviewed(store, approver, two, 'request_changes', 'Five days is too short for the islands.');
  const three = await submitted(store, author, 3, 6);
  const alone = { environment: 'staging', reason: 'To try it out.', revisionId: three.id };
  await publish(store, admin, { ...alone, contentHash: three.contentHash });
  const urgent = { environment: 'production', reason: 'Stolen tablets: the limit must come down now.' };
  await breakGlass(store, approver, { ...urgent, revisionId: three.id, contentHash: three.contentHash });
}

interface Submitted {
  readonly id: string;
  readonly contentHash: string;
}

async function submitted(store: Store, by: Person, version: number, days: number): Promise<Submitted> {
  const { lockVersion } = await readDraft(store, 'notes');
  const timelines = [{ name: 'away', text: storyText(days * 24) }];
  const text = policyText(version, `${days}d`).replace('"id": "notes",', `"id": "notes",\n  "title": "Field <notes>",`);
  const saved = await saveDraft(store, by, { policyId: 'notes', text, timelines, lockVersion });
  const said = { message: `Away for ${days} days`, reason: 'Asked for by the field teams.' };
  return submit(store, by, { policyId: 'notes', ...said, ...saved });
}

async function reviewed(
  store: Store,
  by: Person,
  { id: revisionId, contentHash }: Submitted,
  verdict: 'approve' | 'request_changes',
  message: string,
): Promise<void> {
  await review(store, by, { revisionId, contentHash, verdict, message });
}
