/** Carrying a capability out: what a permitted use costs. */
import { readClock, type ClockReading } from '../clock/index.ts';
import { isGroup, type Check, type Leaf } from '../constraints/index.ts';
import { permits } from '../decide.ts';
import { readFacts } from '../facts.ts';
import type { Program } from '../program.ts';
import type { Request } from '../request.ts';
import { defined } from './defined.ts';
import type { Attempt } from './event.ts';
import { factsOf } from './facts.ts';
import { step, type Scene, type Step } from './occasion.ts';
import { consume, markActive } from './proofs.ts';
import type { Account } from './session.ts';

/** A permitted attempt is one use and activity, and uses up the proofs that serve once; a refused one is nothing. */
export function attempt(account: Account, event: Attempt, scene: Scene): Step {
  const { device, program } = scene;
  const request = factsOf({ device, accounts: [account], selected: 0 }, clockOf(account, scene), event);
  const goesThrough = program.policy.mode === 'report_only' || permits(program, request);
  if (!goesThrough) return step(account);
  return step(markActive(countUse(consume(account, spentBy(program, request)), event.capability), scene));
}

/** The reading as already judged: `now` and `provenNow` are the occasion's, so that one sample serves all. */
function clockOf(account: Account, { now, provenNow, reading, program }: Scene): ClockReading {
  const { record, state } = readClock(account.clock, reading, program.policy.clock.tolerance);
  return { record, state, now, ...defined({ provenNow }) };
}

/** An absent counter stays absent: how often the capability was used before is not known. */
function countUse(account: Account, capability: string): Account {
  const { usage } = account;
  if (!Object.hasOwn(usage, capability)) return account;
  return { ...account, usage: { ...usage, [capability]: (usage[capability] ?? 0) + 1 } };
}

/** Places of the proofs that the capability uses up: the newest that serves each constraint asking for one. */
function spentBy(program: Program, request: Request): ReadonlySet<number> {
  const read = readFacts(program, request);
  const places = leavesOf(read.checks).map((leaf) => leaf.spends?.(read) ?? -1);
  return new Set(places.filter((place) => place >= 0));
}

function leavesOf(checks: readonly Check[]): readonly Leaf[] {
  return checks.flatMap((check) => (isGroup(check) ? leavesOf(check.of) : [check]));
}
