/** `stepUp`: the person proved lately, on this device, to be there. */
import type { ReasonCode } from '../decision.ts';
import { age, deviceOf, isInteractive, olderThan, past, type Facts } from '../facts.ts';
import { isHeld, NONE, own, text, texts, type Owned } from '../own.ts';
import type { StepUp } from '../policy.ts';
import type { Instant, Milliseconds } from '../request.ts';
import { milliseconds } from '../time/duration.ts';
import { holds, tell, tellTime, type Rule } from './check.ts';
import type { Written } from './written.ts';

/** How old the proof for a single use may be: five minutes. */
export const EVERY_USE: Milliseconds = 300_000;

export function normalizeStepUp(written: Written<StepUp>, path: string): StepUp {
  const { kind, amrAny, amrAll, maxAge, maxIdle, everyUse, acceptDeviceUnlock, surviveReboot } = written;
  return {
    kind,
    path,
    ...(amrAny === undefined ? {} : { amrAny }),
    ...(amrAll === undefined ? {} : { amrAll }),
    ...(maxAge === undefined ? {} : { maxAge: milliseconds(maxAge) }),
    ...(maxIdle === undefined ? {} : { maxIdle: milliseconds(maxIdle) }),
    ...(everyUse === undefined ? {} : { everyUse }),
    ...(acceptDeviceUnlock === undefined ? {} : { acceptDeviceUnlock: milliseconds(acceptDeviceUnlock) }),
    surviveReboot: surviveReboot ?? false,
  };
}

/** A proof that is this person's, of this device and of this boot, whatever its method and age. */
interface BoundProof {
  readonly at: Instant;
  readonly amr: readonly string[];
  readonly longestIdle: unknown;
  readonly consumed: unknown;
}

/** Identity is compared, absent equal to absent; a proof names at least its `sub`. */
function sameSubject(session: Owned, subject: Owned): boolean {
  return (
    typeof subject.sub === 'string' &&
    subject.sub === session.sub &&
    same(subject.iss, session.iss) &&
    same(subject.tenant, session.tenant)
  );
}

function same(a: unknown, b: unknown): boolean {
  return a === b && (a === undefined || typeof a === 'string');
}

/** Reads one entry of `stepUps`; undefined when it does not count, which spoils no other. */
export function readProof(facts: Facts, entry: unknown, surviveReboot: boolean): BoundProof | undefined {
  const proof = isHeld(entry) && own(entry, entry.at);
  const { session } = facts;
  const device = deviceOf(facts);
  if (!proof || !session || !device) return undefined;
  const { subject: named } = proof;
  const subject = isHeld(named) && own(named, named.sub);
  const at = past(facts, proof.at);
  const amr = texts(proof.amr);
  const epoch = proof.biometricEpoch;
  const counts =
    typeof at === 'number' &&
    amr &&
    amr.length > 0 &&
    subject &&
    sameSubject(session, subject) &&
    typeof epoch === 'string' &&
    epoch === device.biometricEpoch &&
    (surviveReboot || proof.sameBoot === true);
  return counts ? { at, amr, longestIdle: proof.longestIdle, consumed: proof.consumed } : undefined;
}

/** When the person was last active, or the proof itself when that is not known or not usable. */
function lastActive(facts: Facts, at: Instant): Instant {
  return Math.max(at, past(facts, facts.session?.lastActivityAt) ?? at);
}

/** True when the time since the proof holds a pause longer than `limit`, or has ended in one. */
function idledOut(facts: Facts, proof: BoundProof, limit: Milliseconds): boolean {
  const last = lastActive(facts, proof.at);
  if (olderThan(facts, last, limit)) return true;
  const known = proof.longestIdle;
  if (typeof known === 'number' && known >= 0 && known <= limit) return false;
  // Without a usable longest pause all the time up to the last activity may have been one.
  return last - proof.at > limit && olderThan(facts, proof.at, limit);
}

function recent(facts: Facts, proof: BoundProof, { maxAge, maxIdle }: StepUp): boolean {
  if (maxAge !== undefined) return !olderThan(facts, proof.at, maxAge);
  if (maxIdle !== undefined) return !idledOut(facts, proof, maxIdle);
  return proof.consumed === false && !olderThan(facts, proof.at, EVERY_USE);
}

function ofMethod({ amr }: BoundProof, { amrAny, amrAll }: StepUp): boolean {
  return holds(amr, amrAny, amrAll);
}

/** A list may have holes. */
function proofAt(place: number, entries: readonly unknown[], facts: Facts, { surviveReboot }: StepUp) {
  return readProof(facts, Object.hasOwn(entries, place) ? entries[place] : undefined, surviveReboot);
}

/** What the proofs come to: the newest that meets the whole constraint, or one that lacks only the method. */
interface Proven {
  /** Index in the request's `stepUps`; -1 when none meets the constraint. */
  readonly newest: number;
  readonly otherMethod: boolean;
}

function prove(facts: Facts, constraint: StepUp): Proven {
  const entries = facts.request.stepUps;
  let newest = -1;
  let newestAt = -Infinity;
  let otherMethod = false;
  if (Array.isArray(entries))
    for (let i = 0; i < entries.length; i++) {
      const proof = proofAt(i, entries, facts, constraint);
      if (proof === undefined || !recent(facts, proof, constraint)) continue;
      if (!ofMethod(proof, constraint)) otherMethod = true;
      else if (proof.at >= newestAt) [newest, newestAt] = [i, proof.at];
    }
  return { newest, otherMethod };
}

function unlocked(facts: Facts, limit: Milliseconds): boolean {
  const at = past(facts, deviceOf(facts)?.unlockedAt);
  return typeof at === 'number' && !olderThan(facts, at, limit);
}

/** Facts that every proof is compared with: an ill-typed one is not the person's fault. */
function illTyped(facts: Facts): boolean {
  const { session } = facts;
  const device = deviceOf(facts);
  if (session === null || device === null) return true;
  const compared = [session?.iss, session?.tenant, session?.sub, device?.biometricEpoch];
  return compared.some((each) => text(each) === null);
}

function test(facts: Facts, constraint: StepUp): ReasonCode | undefined {
  const entries = facts.request.stepUps;
  if (entries !== undefined && !Array.isArray(entries)) return 'fact_invalid';
  const { newest, otherMethod } = prove(facts, constraint);
  if (newest >= 0) return undefined;
  if (constraint.acceptDeviceUnlock !== undefined && unlocked(facts, constraint.acceptDeviceUnlock)) return undefined;
  if (illTyped(facts)) return 'fact_invalid';
  if (!isInteractive(facts)) return 'interaction_required';
  return otherMethod ? 'assurance_insufficient' : 'step_up_required';
}

export function compileStepUp(constraint: StepUp): Rule {
  const { maxAge, maxIdle, everyUse } = constraint;
  const limit = maxAge ?? maxIdle ?? EVERY_USE;
  return {
    test: (facts) => test(facts, constraint),
    measure(finding, facts) {
      const { stepUps } = facts.request;
      const entries: readonly unknown[] = Array.isArray(stepUps) ? stepUps : NONE;
      let latest = -Infinity;
      for (let i = 0; i < entries.length; i++) {
        const proof = proofAt(i, entries, facts, constraint);
        if (proof !== undefined && ofMethod(proof, constraint))
          latest = Math.max(latest, maxIdle === undefined ? proof.at : lastActive(facts, proof.at));
      }
      if (latest === -Infinity) tell(finding, limit);
      else tellTime(finding, limit, age(facts, latest));
    },
    ...(everyUse && { spends: (facts) => prove(facts, constraint).newest }),
  };
}
