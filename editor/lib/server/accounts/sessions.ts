import type { Person } from '../person.ts';
import type { Store } from '../store/index.ts';
import { roleOf } from './allowed.ts';
import { COOKIE_PREFIX, type Authentication } from './authentication.ts';

/** Somebody signed in, with what screens greet them by. */
export interface SignedIn extends Person {
  readonly name: string;
  readonly email: string;
  /** Whether this sign-in was proved twice: with a code after the password, or by the organisation’s provider. */
  readonly twoFactor: boolean;
}

/** A session that is open. */
export interface OpenSession {
  readonly id: string;
  readonly person: string;
  /** Whether a code is asked of this person after the password. */
  readonly asksCode: boolean;
  readonly twoFactor: boolean;
}

type Found = NonNullable<Awaited<ReturnType<Authentication['api']['getSession']>>>;

/** The session says how it was proved, never the person: one that began before the factor was set up stays proved once. */
function provedTwice({ user, session: { method } }: Found): boolean {
  return method === 'provider' || (method === 'code' && user.twoFactorEnabled === true);
}

/** Who sent a request with these headers; null when nobody is signed in, or their account is switched off. */
export async function personOf(
  store: Store,
  authentication: Authentication,
  headers: Headers,
): Promise<SignedIn | null> {
  const found = await authentication.api.getSession({ headers });
  if (found === null) return null;
  const role = await roleOf(store.db, found.user.id);
  if (role === null) return null;
  const { id, name, email } = found.user;
  return { id, name, email, role, twoFactor: provedTwice(found) };
}

/** The session these headers open. */
export async function sessionOf(authentication: Authentication, headers: Headers): Promise<OpenSession | null> {
  const found = await authentication.api.getSession({ headers });
  if (found === null) return null;
  const { id, userId: person } = found.session;
  return { id, person, asksCode: found.user.twoFactorEnabled === true, twoFactor: provedTwice(found) };
}

/** The session that a response opens. */
export async function sessionIn(authentication: Authentication, response: Response): Promise<OpenSession | null> {
  const cookie = response.headers.getSetCookie().find((text) => /session_token=[^;]/.test(text));
  const pair = cookie?.split(';', 1)[0];
  return pair === undefined ? null : sessionOf(authentication, new Headers({ cookie: pair }));
}

/** The person with this e-mail address, in lower case. */
export async function personByEmail({ db }: Store, email: string): Promise<string | null> {
  const found = await db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
  return found?.id ?? null;
}

/** Who is half-way through signing in. The cookie’s name for that is random: who knows it has it. */
export async function nameOfSecondStep({ db }: Store, headers: Headers): Promise<string | null> {
  const cookie = headers.get('cookie')?.match(new RegExp(`${COOKIE_PREFIX}\\.two_factor=([^;]+)`))?.[1];
  const identifier = cookie === undefined ? undefined : decodeURIComponent(cookie).split('.', 1)[0];
  if (identifier === undefined || !identifier.startsWith('2fa-')) return null;
  const found = await db
    .selectFrom('verification')
    .select('value')
    .where('identifier', '=', identifier)
    .executeTakeFirst();
  return found?.value ?? null;
}
