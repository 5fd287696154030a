import type { Person, Role } from '../person.ts';
import type { Store } from '../store/index.ts';
import { appKeys, appOf, makeAppKey, revokeAppKey } from './app-keys.ts';
import { Attempts } from './attempts.ts';
import { openAuthentication } from './authentication.ts';
import { environments, makeEnvironment, setApproval } from './environments.ts';
import { pass } from './gate.ts';
import type { NewIdentity } from './identity.ts';
import { invitationOf, invitations, invite, useInvitation, withdrawInvitation } from './invitations.ts';
import { deactivate, erasePerson, reactivate, resetTwoFactor, setRole } from './members.ts';
import { callbackUrl, providerOf, shownProvider } from './oidc.ts';
import { changePassword, ownAccount, signOutEverywhere } from './own-account.ts';
import { names, people } from './people.ts';
import { issueReset, resetOf, useReset } from './resets.ts';
import { openSecret } from './secret.ts';
import { personOf, sessionOf } from './sessions.ts';
import { makeSetupLink, useSetupLink } from './setup.ts';

/** Where accounts are, and what they take from their surroundings. */
interface AccountsOptions {
  readonly store: Store;
  /** The data folder. */
  readonly folder: string;
  /** The address people open, such as `https://latchkey.example.org`. */
  readonly origin: string;
  /** Whether the server listens to this machine alone. */
  readonly loopback: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Server time, Unix milliseconds. The sign-in library reads the clock itself. */
  readonly now?: () => number;
}

/** People, sign-in, roles and keys. */
export type Accounts = ReturnType<typeof openAccounts>;

export function openAccounts({ store, folder, origin, loopback, env, now = Date.now }: AccountsOptions) {
  const secret = openSecret(folder, env);
  const provider = providerOf(env);
  const authentication = openAuthentication({ store, secret, origin, provider });
  const attempts = new Attempts(store, secret);
  const gate = { store, authentication, attempts, origin, loopback, now };
  return {
    /** What the button of the organisation’s own sign-in says; null when there is none. */
    providerName: provider?.name ?? null,
    /** The provider as an administrator may see it; null when there is none. */
    provider: provider === null ? null : shownProvider(provider, origin),
    /** Where a provider sends people back to, to be registered there. */
    callbackUrl: callbackUrl(origin),
    /** Answers everything below `/api/auth/`; `address` is where the request came from, as the server knows it. */
    handler: (request: Request, address: string) => pass(gate, request, address),
    personOf: (headers: Headers) => personOf(store, authentication, headers),

    makeSetupLink: () => makeSetupLink(store),
    useSetupLink: (token: string, identity: NewIdentity & { readonly password: string }) =>
      useSetupLink(store, token, identity),
    invite: (by: Person, invitation: Parameters<typeof invite>[2]) => invite(store, by, invitation),
    useInvitation: (token: string, identity: NewIdentity) =>
      useInvitation(store, token, identity, now(), provider !== null),
    invitationOf: (token: string) => invitationOf(store, token, now()),
    withdrawInvitation: (by: Person, id: string) => withdrawInvitation(store, by, id),
    invitations: (by: Person) => invitations(store, by, now()),
    issueReset: (by: Person, personId: string) => issueReset(store, by, personId),
    resetOf: (token: string) => resetOf(store, token, now()),
    useReset: (token: string, password: string) => useReset(store, token, password, now()),

    ownAccount: (by: Person) => ownAccount(store, by),
    changePassword: async (headers: Headers, passwords: { readonly current: string; readonly next: string }) =>
      changePassword(store, attempts, await sessionOf(authentication, headers), passwords, now()),
    signOutEverywhere: (by: Person, personId = by.id) => signOutEverywhere(store, by, personId),

    setRole: (by: Person, personId: string, role: Role) => setRole(store, by, personId, role),
    deactivate: (by: Person, personId: string) => deactivate(store, by, personId),
    reactivate: (by: Person, personId: string) => reactivate(store, by, personId),
    resetTwoFactor: (by: Person, personId: string) => resetTwoFactor(store, by, personId),
    erasePerson: (by: Person, personId: string) => erasePerson(store, by, personId),
    people: (by: Person) => people(store, by),
    names: (by: Person) => names(store, by),

    makeAppKey: (by: Person, key: Parameters<typeof makeAppKey>[2]) => makeAppKey(store, by, key),
    revokeAppKey: (by: Person, id: string) => revokeAppKey(store, by, id),
    appKeys: (by: Person) => appKeys(store, by),
    appOf: (token: string) => appOf(store, token, now()),

    environments: () => environments(store),
    makeEnvironment: (by: Person, environment: Parameters<typeof makeEnvironment>[2]) =>
      makeEnvironment(store, by, environment),
    setApproval: (by: Person, rule: Parameters<typeof setApproval>[2]) => setApproval(store, by, rule),
  };
}
