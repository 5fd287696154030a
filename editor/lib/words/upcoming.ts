/** What changes next, to what, when and because of what, in one or two sentences. */
import type { AgeOf, Constraint, Decision, Instant, Milliseconds, Outcome, Warn } from 'latchkey';
import { EVERY_USE, methodsText } from './explanation.ts';
import { lengthText } from './moments.ts';
import { decisionLabel, REASON_LABELS } from './decision.ts';

const BECOMES: Readonly<Record<Outcome, string>> = {
  permit: 'Becomes allowed',
  challenge: 'Asks for an unlock',
  deny: 'Becomes denied',
};

const STAYS: Readonly<Record<Outcome, string>> = {
  permit: 'Stays allowed',
  challenge: 'Keeps asking for an unlock',
  deny: 'Stays denied',
};

const SINCE: Readonly<Record<AgeOf, string>> = {
  serverConfirmation: 'since the server last confirmed the session',
  authTime: 'since the sign-in',
  permissionSnapshot: 'since permissions were fetched',
  policyIssue: 'since the policy was issued',
  activity: 'since the last activity',
};

function lower(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** Labels of the reasons that `a` has and `b` lacks, in order and without repeats. */
function only(a: Decision, b: Decision): readonly string[] {
  const known = new Set(b.reasons.map(({ code, path }) => `${code} ${path}`));
  const labels = a.reasons
    .filter(({ code, path }) => !known.has(`${code} ${path}`))
    .map(({ code }) => REASON_LABELS[code]);
  return [...new Set(labels)].map(lower);
}

/** What a decision turns into: `Becomes denied (sign in again)`, `Stays denied, now also: unlock first`. */
export function turnText(from: Decision, to: Decision): string {
  const label = decisionLabel(to);
  if (from.outcome !== to.outcome)
    return to.outcome === 'deny' ? `${BECOMES.deny} (${lower(label)})` : BECOMES[to.outcome];
  const stays = STAYS[to.outcome];
  if (decisionLabel(from) !== label) return `${stays}, as: ${lower(label)}`;
  const added = only(to, from);
  const gone = only(from, to);
  if (added.length > 0) return `${stays}, now also: ${added.join(', ')}`;
  return gone.length > 0 ? `${stays}, no longer: ${gone.join(', ')}` : `${stays}, with other duties`;
}

/** What leads to the time of a change: the millisecond after an inclusive limit is `just after` the limit. */
export function onOrAfter(at: Instant): string {
  return at % 1000 === 1 ? 'just after' : 'on';
}

/** How far ahead a change is, against the end of the timeline. */
export function whenText(at: Milliseconds, instant: Milliseconds, until: Milliseconds): string {
  const ahead = `in ${lengthText(at - instant)}`;
  return at > until ? `${ahead}, after the end of this timeline` : ahead;
}

/** Why time alone changes a decision, for the better or not: `the 48 h limit since … the session passes`. */
export function lapseText(constraint: Constraint | undefined, better: boolean): string {
  switch (constraint?.kind) {
    case 'schedule':
      return better ? 'the opening hours begin' : 'the opening hours end';
    case 'maxAge':
      return `the ${lengthText(constraint.limit)} limit ${SINCE[constraint.of]} passes`;
    case 'stepUp': {
      const limit = constraint.maxAge ?? constraint.maxIdle ?? EVERY_USE;
      return `the unlock with ${methodsText(constraint)} becomes older than ${lengthText(limit)}`;
    }
    case 'online':
      return 'the access token is no longer fresh';
    case 'token':
      return constraint.is === 'refreshable' ? 'the refresh token expires' : 'the access token expires';
    case 'grant':
      return constraint.maxAge === undefined
        ? 'the permissions are no longer known'
        : `the permissions become older than ${lengthText(constraint.maxAge)}`;
    default:
      return 'a time limit passes';
  }
}

/** Why a warning appears: `the server last confirmed … 6 days ago`. */
export function warningText({ of, after }: Pick<Warn, 'of' | 'after'>): string {
  return `more than ${lengthText(after)} pass ${SINCE[of]}`;
}
