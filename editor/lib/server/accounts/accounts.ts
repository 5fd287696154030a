import type { Person } from '../person.ts';
import type { Store } from '../store/index.ts';
import { Attempts } from './attempts.ts';
import { openAuthentication } from './authentication.ts';
import { pass } from './gate.ts';
import type { NewIdentity } from './identity.ts';
import { openSecret } from './secret.ts';
import { personOf, type SignedIn } from './sessions.ts';
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

export function openAccounts({ store, folder, origin, env, now = Date.now }: AccountsOptions) {
  const secret = openSecret(folder, env);
  const authentication = openAuthentication({ store, secret, origin });
  const gate = { store, authentication, attempts: new Attempts(store, secret), origin, now };
  return {
    /** Answers everything below `/api/auth/`; `address` is where the request came from, as the server knows it. */
    handler: (request: Request, address: string): Promise<Response> => pass(gate, request, address),
    personOf: (headers: Headers): Promise<SignedIn | null> => personOf(store, authentication, headers),
    makeSetupLink: (): Promise<string | null> => makeSetupLink(store),
    useSetupLink: (token: string, identity: NewIdentity & { readonly password: string }): Promise<Person> =>
      useSetupLink(store, token, identity),
  };
}

/** Whether this person must have a second factor: who can change what is in force, where others can reach the server. */
export function requiresTwoFactor({ role }: Person, loopback: boolean): boolean {
  return !loopback && (role === 'approver' || role === 'admin');
}
