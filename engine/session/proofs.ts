/** Local proofs that the person is there, and the activity that keeps them from idling out. */
import type { StorageLevel } from '../request.ts';
import type { StepUpEvent } from './event.ts';
import { ignore, step, type Scene, type Step } from './occasion.ts';
import type { Account, KeptProof } from './session.ts';
import { subjectOf } from './state.ts';

/** A step-up gives a proof when it is met, counts a failure, and does nothing when it is cancelled. */
export function stepUp(account: Account, event: StepUpEvent, scene: Scene): Step {
  const closed = closedTo(account);
  if (closed !== null) return ignore(account, closed);
  if (event.result === 'cancelled') return step(account);
  if (event.result === 'failed') return step({ ...account, failedStepUps: account.failedStepUps + 1 });
  const active = markActive(account, scene);
  const others = active.stepUps.filter((proof) => !sameMethods(proof.amr, event.amr));
  return step({ ...active, stepUps: [...others, proofOf(account, event, scene)], failedStepUps: 0 });
}

export function activity(account: Account, scene: Scene): Step {
  const closed = closedTo(account);
  return closed === null ? step(markActive(account, scene)) : ignore(account, closed);
}

/** The account with activity now: every proof remembers the longest pause it has seen. */
export function markActive(account: Account, { now }: Scene): Account {
  const stepUps = account.stepUps.map((proof) => ({
    ...proof,
    longestIdle: Math.max(proof.longestIdle ?? 0, now - Math.max(proof.at, account.lastActivityAt)),
  }));
  return { ...account, stepUps, lastActivityAt: now };
}

/** The account with the proofs at these places used up. */
export function consume(account: Account, places: ReadonlySet<number>): Account {
  if (places.size === 0) return account;
  return {
    ...account,
    stepUps: account.stepUps.map((proof, place) => (places.has(place) ? { ...proof, consumed: true } : proof)),
  };
}

export function afterReboot(account: Account): Account {
  return { ...account, stepUps: account.stepUps.map((proof) => ({ ...proof, sameBoot: false })) };
}

/** Only what was stored outlives the app, and memory stores nothing. */
export function afterRestart(account: Account, storage: StorageLevel | undefined): Account {
  return { ...account, stepUps: storage === 'memory' ? [] : account.stepUps.filter((proof) => proof.persisted) };
}

function closedTo({ authState }: Account): 'locked' | 'signed_out' | null {
  if (authState === 'LOCKED') return 'locked';
  return authState === 'SIGNED_OUT' ? 'signed_out' : null;
}

function proofOf(account: Account, event: StepUpEvent, { now, device }: Scene): KeptProof {
  return {
    at: now,
    amr: event.amr,
    subject: subjectOf(account),
    sameBoot: true,
    // A device that does not say its epoch gives proofs that match none.
    biometricEpoch: device.facts.biometricEpoch ?? '',
    consumed: false,
    persisted: event.persisted ?? false,
  };
}

function sameMethods(a: readonly string[], b: readonly string[]): boolean {
  return a.every((method) => b.includes(method)) && b.every((method) => a.includes(method));
}
