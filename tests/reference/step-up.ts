/** `stepUp`: one proof must meet everything; one that does not count is skipped and spoils no other. */
import type { StepUp } from './document.ts';
import { milliseconds } from './duration.ts';
import { boolean, interactive, isRecord, list, number, pastInstant, read, text, texts, usable } from './facts.ts';
import { SATISFIED, unknown, violated, type Asked, type Verdict } from './verdict.ts';

const EVERY_USE_AGE = 5 * 60_000;
const IDENTITY = ['iss', 'tenant', 'sub'] as const;

export function stepUp(constraint: StepUp, asked: Asked): Verdict {
  const { request } = asked;
  const proofs = list(read(request, 'stepUps'));
  if (proofs.is === 'ill') return unknown('fact_invalid');
  if (unlocked(constraint, asked)) return SATISFIED;
  const good = (usable(proofs) ?? []).filter((proof) => counts(proof, constraint, asked));
  if (good.some((proof) => methodsMet(proof, constraint))) return SATISFIED;
  if (identityUnreadable(request)) return unknown('fact_invalid');
  if (!interactive(request)) return violated('interaction_required');
  return violated(good.length > 0 ? 'assurance_insufficient' : 'step_up_required');
}

function unlocked({ acceptDeviceUnlock }: StepUp, { request, now, tolerance }: Asked): boolean {
  if (acceptDeviceUnlock === undefined) return false;
  const at = usable(pastInstant(read(request, 'device', 'unlockedAt'), now, tolerance));
  return at !== undefined && now - at <= milliseconds(acceptDeviceUnlock);
}

/** A proof cannot be compared with something that cannot be read. */
function identityUnreadable(request: unknown): boolean {
  const identity = IDENTITY.map((name) => text(read(request, 'session', name)));
  return [...identity, text(read(request, 'device', 'biometricEpoch'))].some(({ is }) => is === 'ill');
}

/** Good in everything but method. */
function counts(proof: unknown, constraint: StepUp, asked: Asked): boolean {
  if (!isRecord(proof)) return false;
  const at = pastInstant(read(proof, 'at'), asked.now, asked.tolerance);
  if (at.is !== 'known') return false;
  const amr = usable(texts(read(proof, 'amr')));
  if (amr === undefined || amr.length === 0) return false;
  if (!sameSubject(proof, asked.request)) return false;
  const epoch = usable(text(read(proof, 'biometricEpoch')));
  if (epoch === undefined || epoch !== usable(text(read(asked.request, 'device', 'biometricEpoch')))) return false;
  const sameBoot = usable(boolean(read(proof, 'sameBoot')));
  if (sameBoot !== true && constraint.surviveReboot !== true) return false;
  return recent(proof, at.value, constraint, asked);
}

function sameSubject(proof: unknown, request: unknown): boolean {
  if (usable(text(read(proof, 'subject', 'sub'))) === undefined) return false;
  return IDENTITY.every((name) => {
    const of = text(read(proof, 'subject', name));
    const mine = text(read(request, 'session', name));
    if (of.is === 'ill' || mine.is === 'ill') return false;
    return usable(of) === usable(mine);
  });
}

function recent(proof: unknown, at: number, constraint: StepUp, asked: Asked): boolean {
  const { now } = asked;
  if (constraint.everyUse) {
    const consumed = boolean(read(proof, 'consumed'));
    return consumed.is === 'known' && !consumed.value && now - at <= EVERY_USE_AGE;
  }
  if (constraint.maxAge !== undefined) return now - at <= milliseconds(constraint.maxAge);
  return constraint.maxIdle !== undefined && awake(proof, at, milliseconds(constraint.maxIdle), asked);
}

/** Activity keeps a proof alive and never revives one: the longest pause must fit the limit too. */
function awake(proof: unknown, at: number, limit: number, { request, now, tolerance }: Asked): boolean {
  const activity = usable(pastInstant(read(request, 'session', 'lastActivityAt'), now, tolerance));
  const last = Math.max(at, activity ?? at);
  const longest = usable(number(read(proof, 'longestIdle')));
  const gap = longest !== undefined && longest >= 0 ? Math.min(longest, last - at) : last - at;
  return gap <= limit && now - last <= limit;
}

function methodsMet(proof: unknown, { amrAny, amrAll }: StepUp): boolean {
  const amr = usable(texts(read(proof, 'amr'))) ?? [];
  if (amrAny !== undefined) return amrAny.some((each) => amr.includes(each));
  return (amrAll ?? []).every((each) => amr.includes(each));
}
