/** The only way to the sign-in library: what is let through, how often, and what the log says of it. */
import { refusals } from '../../words/accounts.ts';
import type { Store } from '../store/index.ts';
import { requiresTwoFactor, roleOf } from './allowed.ts';
import { problem, throttled, translate } from './answers.ts';
import type { Attempts, Target } from './attempts.ts';
import { ADDRESS_HEADER, BASE_PATH, type Authentication } from './authentication.ts';
import { ENDPOINTS, type Endpoint, type Step } from './endpoints.ts';
import { nameOfSecondStep, personByEmail, sessionIn, sessionOf, type OpenSession } from './sessions.ts';

/** What the gate stands before. */
export interface Gate {
  readonly store: Store;
  readonly authentication: Authentication;
  readonly attempts: Attempts;
  readonly origin: string;
  /** Whether the server listens to this machine alone. */
  readonly loopback: boolean;
  readonly now: () => number;
}

/** What is done to one’s second factor itself. */
const FACTOR_STEPS: readonly Step[] = ['two_factor_setup', 'two_factor_disable', 'recovery_codes'];

/** The longest body read, in characters. */
const LONGEST = 8_192;

/** A request being let through. */
interface Passing {
  readonly endpoint: Endpoint;
  readonly step: Step | null;
  readonly session: OpenSession | null;
  /** Whose account it is about: an id, or null when nobody has what was typed. */
  readonly person: string | null;
  readonly targets: readonly Target[];
}

/** Answers a request to the library’s endpoints. `address` is where it came from, as the server knows it. */
export async function pass(gate: Gate, request: Request, address: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const endpoint = ENDPOINTS.get(`${request.method} ${pathname.slice(BASE_PATH.length)}`);
  if (endpoint === undefined || !pathname.startsWith(`${BASE_PATH}/`))
    return problem(404, 'nothing_here', refusals.nothingHere);
  const body = request.method === 'POST' ? await fieldsOf(request, endpoint) : {};
  if (body === null) return problem(400, 'refused', refusals.refused);
  const passing = await passingOf(gate, endpoint, request.headers, body, address);
  const refused = await refusalOf(gate, passing);
  if (refused !== null) return refused;
  const at = gate.now();
  const attempt = await gate.attempts.begin(passing.targets, at);
  if (!attempt.allowed && attempt.spent) return problem(401, 'code_wrong', refusals.wrongCode);
  if (!attempt.allowed) {
    if (attempt.first) await tell(gate, passing, 'throttled');
    return throttled(attempt.retryAt, at);
  }
  await tell(gate, passing, 'intended');
  const { method } = request;
  const headers = new Headers(request.headers);
  headers.set(ADDRESS_HEADER, address);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  const sent = { method, headers, ...(method === 'POST' ? { body: JSON.stringify(body) } : {}) };
  return conclude(gate, passing, await ask(gate, passing, new Request(`${gate.origin}${pathname}${search}`, sent)));
}

/** What this person may not do to their second factor, whatever they prove. */
async function refusalOf({ store, loopback }: Gate, { step, session }: Passing): Promise<Response | null> {
  if (session === null || step === null || !FACTOR_STEPS.includes(step)) return null;
  if (session.asksCode && !session.twoFactor) return problem(403, 'code_needed', refusals.codeNeeded);
  const role = step === 'two_factor_disable' ? await roleOf(store.db, session.person) : null;
  const needed = role !== null && requiresTwoFactor({ id: session.person, role }, loopback);
  return needed ? problem(409, 'second_factor_required', refusals.secondFactorRequired) : null;
}

/** What the library answered. */
interface Asked {
  readonly status: number;
  readonly opened: OpenSession | null;
  readonly answer: Response;
}

/** Asks the library. When it breaks down the log says that it failed, so an intent without an outcome is a server that stopped. */
async function ask(gate: Gate, passing: Passing, request: Request): Promise<Asked> {
  try {
    const response = await gate.authentication.handler(request);
    const opened = await sessionIn(gate.authentication, response);
    return { status: response.status, opened, answer: await translate(response) };
  } catch (error) {
    await tell(gate, passing, 'failed');
    throw error;
  }
}

/** Says in the log how it ended, and ends what must not outlive it. */
async function conclude(gate: Gate, passing: Passing, { status, opened, answer }: Asked): Promise<Response> {
  const { endpoint, step, session, targets } = passing;
  const succeeded = step === 'sign_in' && endpoint.proof === 'provider' ? opened !== null : status < 400;
  const half = succeeded && step === 'sign_in' && opened === null;
  await tell(
    gate,
    { ...passing, person: opened?.person ?? passing.person },
    succeeded ? (half ? 'continued' : 'succeeded') : 'failed',
  );
  if (!succeeded) return answer;
  await gate.attempts.forgive(half ? targets.filter(({ kind }) => kind === 'address') : targets);
  if (session === null || step === null) return answer;
  const ended = gate.store.db.deleteFrom('login_session');
  if (step === 'sign_in' && session.id !== opened?.id) await ended.where('id', '=', session.id).execute();
  // A password that was stolen before has opened sessions that nobody asked a code of.
  if (step === 'two_factor_enable') {
    await ended
      .where('person_id', '=', session.person)
      .where('id', '!=', opened?.id ?? session.id)
      .execute();
  }
  return answer;
}

async function passingOf(
  { store, authentication }: Gate,
  endpoint: Endpoint,
  headers: Headers,
  body: Readonly<Record<string, string>>,
  address: string,
): Promise<Passing> {
  const session = await sessionOf(authentication, headers);
  const email = body['email']?.trim().toLowerCase();
  const person =
    email === undefined
      ? (session?.person ?? (await nameOfSecondStep(store, headers)))
      : await personByEmail(store, email);
  const step = session === null ? withoutSession(endpoint) : endpoint.step;
  const passing = { endpoint, step, session, person };
  if (endpoint.proof === null) return { ...passing, targets: [] };
  const targets: Target[] = [{ kind: 'address', name: address }];
  const account = person ?? email;
  if (account !== undefined) targets.push({ kind: 'account', name: account });
  if (step === 'sign_in' && endpoint.proof === 'code' && person !== null) {
    targets.push({ kind: 'code', name: `${person}/${body['code'] ?? ''}` });
  }
  return { ...passing, targets };
}

/** What it is when nobody is signed in: a code then ends a sign-in, and anything else happens to no account. */
function withoutSession({ step, proof }: Endpoint): Step | null {
  return step === 'sign_in' || proof === 'code' ? 'sign_in' : null;
}

/** An entry of its own: what the library writes is not in our transaction, so the log frames it from both sides. */
async function tell({ store }: Gate, { endpoint, step, session, person }: Passing, outcome: string): Promise<void> {
  if (step === null) return;
  await store.write(({ record }) =>
    record({
      type: `${step}.${outcome}`,
      actor: session?.person ?? (outcome === 'succeeded' && person !== null ? person : 'system'),
      subject: `person/${person ?? 'unknown'}`,
      ...(endpoint.proof === null ? {} : { data: { by: endpoint.proof } }),
    }),
  );
}

/** The fields an endpoint takes, and no others; null when the body is no JSON object of texts. */
async function fieldsOf(request: Request, { fields }: Endpoint): Promise<Record<string, string> | null> {
  const text = await request.text();
  if (text.length > LONGEST) return null;
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const entries = Object.entries(value).filter(([name]) => fields.includes(name));
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
      ? Object.fromEntries(entries)
      : null;
  } catch {
    return null;
  }
}
