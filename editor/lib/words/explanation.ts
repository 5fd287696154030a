/** One sentence for each thing a capability requires, met or not, with what was found and what is left. */
import type { AgeOf, Constraint, Explanation, Milliseconds, Reason, SessionCause, StorageLevel } from 'latchkey';
import { messageOf } from 'latchkey/messages';
import { lengthText } from './moments.ts';
import { laneValue, methodName } from './simulator.ts';

/** `text` says what was found, `detail` the limit and what is left of it; `used` is the share of the limit used up. */
export interface Sentence {
  readonly text: string;
  readonly detail?: string;
  readonly used?: number;
}

type Of<K extends Constraint['kind']> = Extract<Constraint, { kind: K }>;

const HAPPENED: Readonly<Record<AgeOf, string>> = {
  serverConfirmation: 'Server confirmed the session',
  authTime: 'The person signed in',
  permissionSnapshot: 'Permissions were fetched',
  policyIssue: 'The policy was issued',
  activity: 'The person was last active',
};

const NEVER: Readonly<Record<AgeOf, string>> = {
  serverConfirmation: 'The server has never confirmed a session',
  authTime: 'It is not known when the person signed in',
  permissionSnapshot: 'Permissions have never been fetched',
  policyIssue: 'It is not known when the policy was issued',
  activity: 'It is not known when the person was last active',
};

function list(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function left(margin: Milliseconds): string {
  return margin < 0 ? `${lengthText(-margin)} over` : `${lengthText(margin)} left`;
}

/** An age against its limit: how long ago, and how much of the limit is left. */
function age(happened: string, actual: Milliseconds, limit: Milliseconds): Sentence {
  return {
    text: actual === 0 ? `${happened} just now` : `${happened} ${lengthText(actual)} ago`,
    detail: `limit ${lengthText(limit)} — ${left(limit - actual)}`,
    used: limit === 0 ? 1 : actual / limit,
  };
}

function maxAge({ of, limit }: Of<'maxAge'>, actual: Milliseconds | undefined): Sentence {
  if (actual === undefined) return { text: NEVER[of], detail: `limit ${lengthText(limit)}` };
  return age(HAPPENED[of], actual, limit);
}

/** A proof's methods: `fingerprint, face or PIN`; any method will do when none is named. */
export function methodsText({ amrAny, amrAll }: Of<'stepUp'>): string {
  if (amrAny !== undefined) return list(amrAny.map(methodName), 'or');
  return amrAll === undefined ? 'any method' : list(amrAll.map(methodName), 'and');
}

/** An `everyUse` proof counts for five minutes. */
export const EVERY_USE: Milliseconds = 300_000;

function stepUp(constraint: Of<'stepUp'>, { met, code, actual }: Explanation): Sentence {
  const limit = constraint.maxAge ?? constraint.maxIdle ?? EVERY_USE;
  const methods = methodsText(constraint);
  const found = number(actual);
  if (code === 'assurance_insufficient') return { text: `Unlocked, but not with ${methods}` };
  if (code === 'interaction_required') return { text: `Nobody is there to unlock with ${methods}` };
  if (found === undefined) {
    const needed = constraint.everyUse === true ? 'asked for at every use' : `asked for within ${lengthText(limit)}`;
    return { text: met ? 'Device was unlocked' : `Not unlocked yet with ${methods}`, detail: needed };
  }
  if (constraint.everyUse === true && !met && found <= limit)
    return { text: 'The last unlock has been used', detail: `${methods}, asked for at every use` };
  return age(constraint.maxIdle === undefined ? `Unlocked with ${methods}` : 'Unlocked and last active', found, limit);
}

function tokenMargin({ actual, limit, margin }: Explanation): Pick<Sentence, 'detail'> {
  if (number(actual) === undefined || number(limit) === undefined || margin === undefined) return {};
  return { detail: margin > 0 ? `expires in ${lengthText(margin)}` : `expired ${lengthText(-margin)} ago` };
}

function online({ token }: Of<'online'>, explanation: Explanation): Sentence {
  const { met, code, actual } = explanation;
  if (met && token === undefined) return { text: 'Device is online' };
  if (met)
    return {
      text: `Device is online with ${token === 'fresh' ? 'a fresh' : 'a valid'} access token`,
      ...tokenMargin(explanation),
    };
  if (code === 'online_required')
    return {
      text: `Device is ${actual === 'limited' ? 'on a limited connection' : 'offline'}`,
      detail: 'a connection is required',
    };
  if (code === 'token_not_fresh')
    return { text: 'Device is online, but its access token is not fresh', ...tokenMargin(explanation) };
  return { text: 'Device is online, but its access token will not do', ...tokenMargin(explanation) };
}

function token({ is }: Of<'token'>, explanation: Explanation): Sentence {
  const name = is === 'refreshable' ? 'Session can be refreshed' : 'Access token is valid';
  const not = is === 'refreshable' ? 'Session can no longer be refreshed' : 'Access token has expired or is missing';
  return { text: explanation.met ? name : not, ...tokenMargin(explanation) };
}

function grant(constraint: Of<'grant'>, { met, code, actual, limit }: Explanation): Sentence {
  const names = constraint.rolesAny ?? constraint.rolesAll ?? constraint.scopesAll ?? [];
  const noun = constraint.scopesAll === undefined ? 'role' : 'scope';
  const wanted = `${noun}${names.length === 1 ? '' : 's'} ${list(names, constraint.rolesAny === undefined ? 'and' : 'or')}`;
  const found = number(actual);
  const max = number(limit);
  const aged = found !== undefined && max !== undefined;
  if (code === 'permission_missing') {
    const held = Array.isArray(actual) && actual.length > 0 ? `has ${list(actual.map(String), 'and')}` : 'has none';
    return { text: `Lacks the ${wanted}`, detail: held };
  }
  if (code === 'permission_snapshot_missing' || code === 'read_only')
    return { text: `It is not known whether the person has the ${wanted}` };
  if (code === 'permission_snapshot_stale' && aged) return age(HAPPENED.permissionSnapshot, found, max);
  if (!met) return { text: `Could not check the ${wanted}` };
  const text = `Has the ${wanted}`;
  if (!aged) return { text };
  const { detail, used } = age('', found, max);
  return { text, detail: `fetched ${lengthText(found)} ago; ${detail ?? ''}`, ...(used === undefined ? {} : { used }) };
}

function clock({ is }: Of<'clock'>, { met, actual }: Explanation): Sentence {
  const state = typeof actual === 'string' ? laneValue('clock', actual).toLowerCase() : 'unknown';
  const can = is === 'proven' ? 'be proven' : 'be trusted';
  return { text: `Device clock ${met ? 'can' : 'cannot'} ${can}`, detail: `clock: ${state}` };
}

function plain({ actual, limit }: Explanation): Pick<Sentence, 'detail'> {
  if (limit === undefined) return {};
  const said = (value: unknown): string => (Array.isArray(value) ? list(value.map(String), 'or') : String(value));
  return { detail: `${actual === undefined ? 'unknown' : said(actual)}; needed: ${said(limit)}` };
}

/** When it opens or closes next is told with what changes next. */
function schedule({ timeZone }: Of<'schedule'>, { met, code }: Explanation): Sentence {
  const zone = timeZone === 'device' ? 'the device’s time zone' : timeZone;
  if (code === 'clock_untrusted') return { text: 'Device clock cannot be trusted to tell the hour' };
  if (!met && code !== 'outside_schedule') return { text: `The hour in ${zone} cannot be told` };
  return { text: met ? `Within opening hours in ${zone}` : `Outside opening hours in ${zone}` };
}

const PROTECTIONS: Readonly<Record<StorageLevel, string>> = {
  memory: 'kept in memory only',
  plain: 'not protected',
  encrypted: 'encrypted',
  os: 'protected by the operating system',
  hardware: 'protected by hardware',
};

function device({ compliant, storageAtLeast, binding }: Of<'device'>, { met, code, actual }: Explanation): Sentence {
  const least = storageAtLeast === undefined ? '' : `at least ${PROTECTIONS[storageAtLeast]}`;
  if (met) {
    const said = [
      ...(compliant ? ['is managed as required'] : []),
      ...(storageAtLeast === undefined ? [] : ['stores data safely enough']),
      ...(binding === undefined ? [] : ['is still the one that signed in']),
    ];
    return { text: `Device ${list(said, 'and')}`, ...(least === '' ? {} : { detail: `storage needed: ${least}` }) };
  }
  if (code === 'storage_insufficient') {
    const found = (PROTECTIONS as Readonly<Record<string, string>>)[String(actual)] ?? String(actual);
    return { text: 'Device does not store data safely enough', detail: `storage: ${found}; needed: ${least}` };
  }
  return {
    text: code === 'reauth_required' ? 'Device is not the one that signed in' : 'Device is not managed as required',
  };
}

function leaf(constraint: Exclude<Constraint, { kind: 'allOf' | 'anyOf' }>, explanation: Explanation): Sentence {
  const { met, actual } = explanation;
  switch (constraint.kind) {
    case 'maxAge':
      return maxAge(constraint, number(actual));
    case 'online':
      return online(constraint, explanation);
    case 'token':
      return token(constraint, explanation);
    case 'stepUp':
      return stepUp(constraint, explanation);
    case 'grant':
      return grant(constraint, explanation);
    case 'clock':
      return clock(constraint, explanation);
    case 'assurance':
      return { text: met ? 'Sign-in was strong enough' : 'Sign-in was not strong enough', ...plain(explanation) };
    case 'device':
      return device(constraint, explanation);
    case 'quota':
      return {
        text: met ? 'Uses are left' : 'No uses are left',
        detail: `${String(actual)} of ${constraint.limit} used`,
      };
    case 'risk':
      return { text: met ? 'Risk is low enough' : 'Risk is too high', ...plain(explanation) };
    case 'schedule':
      return schedule(constraint, explanation);
    case 'when':
      return { text: met ? 'Condition is met' : 'Condition is not met' };
  }
}

const CAUSES: Readonly<Record<SessionCause, string>> = {
  sessionRevoked: 'the session was revoked',
  reuseDetected: 'a token was used twice',
  credentialChange: 'the password or key was changed',
  refreshRejected: 'the server refused to refresh the session',
};

function gate(explanation: Explanation): Sentence {
  const { code, detail } = explanation;
  const text = code === undefined ? 'Session is in good standing' : reasonText({ ...explanation, code });
  const cause = detail === undefined ? undefined : (CAUSES as Readonly<Record<string, string>>)[detail];
  return cause === undefined ? { text } : { text, detail: cause };
}

/** A reason in the engine's own words, as a sentence. */
export function reasonText(
  reason: Pick<Explanation, 'path' | 'detail' | 'actual' | 'limit' | 'margin'> & Pick<Reason, 'code'>,
): string {
  const { code, path, detail, actual, limit, margin } = reason;
  return messageOf({
    code,
    path,
    ...(detail === undefined ? {} : { detail }),
    ...(actual === undefined ? {} : { actual }),
    ...(limit === undefined ? {} : { limit }),
    ...(margin === undefined ? {} : { margin }),
  });
}

/** Says one explanation; `constraint` is the one at its path, absent for gates and `offline: forbid`. */
export function sentenceOf(explanation: Explanation, constraint: Constraint | undefined): Sentence {
  switch (explanation.kind) {
    case 'gate':
      return gate(explanation);
    case 'offline':
      return explanation.met
        ? { text: 'Device is online' }
        : { text: 'Never allowed offline', detail: 'a connection is required' };
    case 'allOf':
      return { text: 'All of these' };
    case 'anyOf':
      return { text: 'At least one of these' };
    default:
      break;
  }
  if (constraint === undefined || constraint.kind === 'allOf' || constraint.kind === 'anyOf')
    return { text: explanation.code === undefined ? 'Met' : reasonText({ ...explanation, code: explanation.code }) };
  if (explanation.code === 'fact_missing' || explanation.code === 'fact_invalid')
    return { text: reasonText({ ...explanation, code: explanation.code }) };
  return leaf(constraint, explanation);
}
