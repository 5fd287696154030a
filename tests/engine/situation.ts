/** Situations as guides tell them, `offline, 7d later, fingerprint 12h old`, as requests. */
import type { Request, StepUpProof } from 'latchkey';
import { parseDuration } from 'latchkey/load';

const HOUR = 3_600_000;

/** Monday, 2 March 2026, eight in the morning in Berlin: the server confirmed the session just then. */
const T0 = Date.parse('2026-03-02T08:00:00+01:00');

/** What may be changed of a request before it is put. */
type Draft = { -readonly [K in keyof Request]: Request[K] };

/** Signed in a moment ago, online, on a device in good order. */
function ordinary(capability: string, now: number): Draft {
  return {
    capability,
    now,
    clock: { state: 'ok', provenNow: now },
    connectivity: 'online',
    session: {
      authState: 'ACTIVE',
      sub: 'u-17',
      lastConfirmedAt: T0,
      authTime: T0,
      lastActivityAt: now,
      acr: 'urn:example:aal1',
      amr: ['pwd'],
    },
    accessToken: { issuedAt: now, expiresAt: now + HOUR, verified: true },
    refreshToken: { present: true },
    permissions: { roles: ['technician'], scopes: ['orders:read'], fetchedAt: T0, integrity: 'signed' },
    stepUps: [],
    device: { compliant: true, storage: 'os', binding: 'unchanged', biometricEpoch: 'e1' },
    risk: { level: 'LOW' },
    usage: { [capability]: 0 },
    policy: { issuedAt: T0 },
    facts: {},
  };
}

function lengthOf(text: string): number {
  const length = parseDuration(text);
  if (length === undefined) throw new Error(`${text} is not a duration`);
  return length;
}

const METHODS: Readonly<Record<string, string>> = { fingerprint: 'fpt', face: 'face', PIN: 'pin', password: 'pwd' };

function proof(method: string, at: number, consumed: boolean): StepUpProof {
  const amr = [METHODS[method] ?? ''];
  return { at, amr, subject: { sub: 'u-17' }, sameBoot: true, biometricEpoch: 'e1', consumed };
}

type Change = (draft: Draft, words: readonly string[]) => void;

/** Everything a situation can say. Groups of an expression are handed on in their order. */
const VOCABULARY: readonly (readonly [RegExp, Change])[] = [
  [/^online$/, (draft) => (draft.connectivity = 'online')],
  [/^offline$/, (draft) => (draft.connectivity = 'offline')],
  [/^limited network$/, (draft) => (draft.connectivity = 'limited')],
  [/^clock turned back$/, (draft) => (draft.clock = { state: 'rolled_back' })],
  [/^clock not proven$/, (draft) => (draft.clock = { state: 'unproven_reboot' })],
  [/^in the background$/, (draft) => (draft.interactive = false)],
  [/^never signed in$/, (draft) => delete draft.session],
  [/^session locked$/, session({ authState: 'LOCKED' })],
  [/^session ended by the server$/, session({ authState: 'REAUTH_REQUIRED' })],
  [/^signed in with two factors$/, session({ acr: 'urn:example:aal2', amr: ['pwd', 'otp'] })],
  [
    /^token expired$/,
    (draft) => (draft.accessToken = { issuedAt: draft.now - HOUR, expiresAt: draft.now, verified: true }),
  ],
  [
    /^token ends in (\S+)$/,
    (draft, [in_ = '']) => {
      const expiresAt = draft.now + lengthOf(in_);
      draft.accessToken = { issuedAt: expiresAt - HOUR, expiresAt, verified: true };
    },
  ],
  [/^no refresh token$/, (draft) => (draft.refreshToken = { present: false })],
  [/^roles unknown$/, (draft) => delete draft.permissions],
  [/^role (\w+)$/, (draft, [role = '']) => (draft.permissions = { ...draft.permissions, roles: [role] })],
  [
    /^(used )?(fingerprint|face|PIN|password) (\S+) old$/,
    (draft, [used, method = '', age = '']) => {
      draft.stepUps = [proof(method, draft.now - lengthOf(age), used !== undefined)];
    },
  ],
  [
    /^active ever since$/,
    (draft) => (draft.stepUps = (draft.stepUps ?? []).map((each) => ({ ...each, longestIdle: 60_000 }))),
  ],
  [
    /^idle for (\S+)$/,
    (draft, [length = '']) => {
      draft.session = { ...draft.session, authState: 'ACTIVE', lastActivityAt: draft.now - lengthOf(length) };
      draft.stepUps = (draft.stepUps ?? []).map((each) => ({ ...each, longestIdle: 60_000 }));
    },
  ],
  [/^not managed$/, (draft) => (draft.device = { ...draft.device, compliant: false })],
  [
    /^storage (plain|memory|encrypted|os|hardware)$/,
    (draft, [storage]) => {
      draft.device = { ...draft.device, storage: storage as 'plain' };
    },
  ],
  [/^used (\d+) times$/, (draft, [times]) => (draft.usage = { [draft.capability]: Number(times) })],
  [/^risk (LOW|MEDIUM|HIGH)$/, (draft, [level]) => (draft.risk = { level: level as 'LOW' })],
  [/^risk unknown$/, (draft) => delete draft.risk],
  [/^(job_\w+) (\d+)$/, (draft, [name = '', value]) => (draft.facts = { ...draft.facts, [name]: Number(value) })],
  [/^at once$/, () => undefined],
];

function session(change: Partial<NonNullable<Request['session']>>): Change {
  return (draft) => {
    if (draft.session !== undefined) draft.session = { ...draft.session, ...change };
  };
}

/** When it is: `7d later`, or `Sun 2026-03-08 21:59` on a wall in Berlin. */
const LATER = /^(\S+) later$/;
const WALL = /^\w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d)$/;

function nowOf(phrases: readonly string[]): number {
  const later = phrases.flatMap((phrase) => LATER.exec(phrase)?.[1] ?? []).map((each) => T0 + lengthOf(each));
  const wall = phrases.flatMap((phrase) => {
    const found = WALL.exec(phrase);
    return found === null ? [] : [Date.parse(`${found[1]}T${found[2]}:00+01:00`)];
  });
  return [...later, ...wall][0] ?? T0;
}

/** The request of a situation, told in phrases with commas between them. Throws for a phrase that nobody knows. */
export function requestIn(situation: string, capability: string): Request {
  const phrases = situation.split(', ');
  const draft = ordinary(capability, nowOf(phrases));
  for (const phrase of phrases.filter((each) => !LATER.test(each) && !WALL.test(each))) {
    const known = VOCABULARY.find(([pattern]) => pattern.test(phrase));
    if (known === undefined) throw new Error(`nobody knows what “${phrase}” means`);
    const [pattern, change] = known;
    change(draft, pattern.exec(phrase)?.slice(1) ?? []);
  }
  return draft;
}
