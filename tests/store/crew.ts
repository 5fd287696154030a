import { openAccounts, type Accounts } from '$lib/server/accounts/index.ts';
import type { Person, Role } from '$lib/server/person.ts';
import type { Store } from '$lib/server/store/index.ts';
import { ORIGIN } from './browser.ts';
import type { Place } from './databases.ts';

/** A store with accounts on it, whose time is what the test says. */
export interface Crew {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly admin: Person;
  /** Server time, to be set forward. */
  readonly clock: { now: number };
  /** Lets somebody join with a role: `<name>@example.org` and the password below. */
  join(name: string, role: Role): Promise<Person>;
}

export const PASSWORD = 'correct horse battery';

/** Opens the store with one administrator, Ada. */
export async function openCrew(place: Place, env: Record<string, string> = {}): Promise<Crew> {
  const clock = { now: Date.UTC(2026, 2, 2) };
  const now = () => (clock.now += 1);
  const store = await place.open({ now });
  const accounts = openAccounts({ store, folder: place.folder, origin: ORIGIN, loopback: true, env, now });
  const link = (await accounts.makeSetupLink()) ?? '';
  const admin = await accounts.useSetupLink(link, { name: 'Ada', email: 'ada@example.org', password: PASSWORD });
  return {
    ...{ store, accounts, admin, clock },
    async join(name, role) {
      const { token } = await accounts.invite(admin, { role, days: 7 });
      const email = `${name.toLowerCase()}@example.org`;
      return accounts.useInvitation(token, { name, email, password: PASSWORD });
    },
  };
}

/** The types of what the log says, after the store's own two entries. */
export async function logged({ db }: Store): Promise<readonly string[]> {
  const events = await db.selectFrom('audit_event').select('type').orderBy('seq').execute();
  return events.map(({ type }) => type).slice(2);
}
