/** `stepUp`: the person proved lately, on this device, to be there. */
import type { ReasonCode } from '../decision.ts';
import { owned, text, texts, type Facts, type Owned } from '../facts.ts';
import type { StepUp } from '../policy.ts';
import type { Instant, Milliseconds } from '../request.ts';
import { milliseconds } from '../time/duration.ts';
import { against, type Rule } from './check.ts';
import type { Written } from './written.ts';

/** How old the proof for a single use may be. */
export const EVERY_USE: Milliseconds = 5 * 60_000;

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
  const proof = owned(entry);
  const { session, device } = facts;
  if (!proof || !session || !device) return undefined;
  const subject = owned(proof.subject);
  const at = facts.past(proof.at);
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
  return Math.max(at, facts.past(facts.session?.lastActivityAt) ?? at);
}

/** True when the time since the proof holds a pause longer than `limit`, or has ended in one. */
function idledOut(facts: Facts, proof: BoundProof, limit: Milliseconds): boolean {
  const last = lastActive(facts, proof.at);
  if (facts.olderThan(last, limit)) return true;
  const known = proof.longestIdle;
  if (typeof known === 'number' && known >= 0 && known <= limit) return false;
  // Without a usable longest pause all the time up to the last activity may have been one.
  return last - proof.at > limit && facts.olderThan(proof.at, limit);
}

function recent(facts: Facts, proof: BoundProof, { maxAge, maxIdle }: StepUp): boolean {
  if (maxAge !== undefined) return !facts.olderThan(proof.at, maxAge);
  if (maxIdle !== undefined) return !idledOut(facts, proof, maxIdle);
  return proof.consumed === false && !facts.olderThan(proof.at, EVERY_USE);
}

function ofMethod(proof: BoundProof, { amrAny, amrAll }: StepUp): boolean {
  if (amrAny !== undefined) return amrAny.some((method) => proof.amr.includes(method));
  return (amrAll ?? []).every((method) => proof.amr.includes(method));
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
      const proof = readProof(facts, Object.hasOwn(entries, i) ? entries[i] : undefined, constraint.surviveReboot);
      if (proof === undefined || !recent(facts, proof, constraint)) continue;
      if (!ofMethod(proof, constraint)) otherMethod = true;
      else if (proof.at >= newestAt) [newest, newestAt] = [i, proof.at];
    }
  return { newest, otherMethod };
}

function unlocked(facts: Facts, limit: Milliseconds): boolean {
  const at = facts.past(facts.device?.unlockedAt);
  return typeof at === 'number' && !facts.olderThan(at, limit);
}

/** Facts that every proof is compared with: an ill-typed one is not the person's fault. */
function illTyped({ session, device }: Facts): boolean {
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
  if (!facts.interactive) return 'interaction_required';
  return otherMethod ? 'assurance_insufficient' : 'step_up_required';
}

export function compileStepUp(constraint: StepUp): Rule {
  const { maxAge, maxIdle, everyUse, surviveReboot } = constraint;
  const limit = maxAge ?? maxIdle ?? EVERY_USE;
  return {
    test: (facts) => test(facts, constraint),
    measure(facts) {
      const { stepUps } = facts.request;
      let latest = -Infinity;
      for (const entry of Array.isArray(stepUps) ? Object.values(stepUps) : []) {
        const proof = readProof(facts, entry, surviveReboot);
        if (proof !== undefined && ofMethod(proof, constraint))
          latest = Math.max(latest, maxIdle === undefined ? proof.at : lastActive(facts, proof.at));
      }
      return latest === -Infinity ? { limit } : against(limit, facts.age(latest));
    },
    ...(everyUse && { spends: (facts) => prove(facts, constraint).newest }),
  };
}
