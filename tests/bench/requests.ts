/** The questions that every contender is asked: the same for all, and the same in every run. */
import type { AuthState, ClockState, Connectivity, Request, StepUpProof } from 'latchkey';

export const CAPABILITIES = ['work_order.view', 'work_order.note', 'work_order.complete'] as const;
export type CapabilityId = (typeof CAPABILITIES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-03-09T08:00:00Z');
const SEED = 20_260_302;
const SUBJECT = { tenant: 'acme', sub: 'u-17' };

/** Numbers in [0, 1) that follow from the seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Weighted<T> = readonly (readonly [weight: number, value: T])[];

class Dice {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = seeded(seed);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number in [from, to). */
  between(from: number, to: number): number {
    return Math.floor(from + this.next() * (to - from));
  }

  pick<T>(choices: Weighted<T>): T {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    const found = choices.find(([weight]) => (left -= weight) < 0) ?? choices.at(-1);
    if (found === undefined) throw new TypeError('nothing to pick from');
    return found[1];
  }
}

const STATES: Weighted<AuthState> = [
  [76, 'ACTIVE'],
  [14, 'OFFLINE_STALE'],
  [6, 'REAUTH_REQUIRED'],
  [2, 'LOCKED'],
  [2, 'SIGNED_OUT'],
];
const CONNECTIVITY: Weighted<Connectivity> = [
  [45, 'online'],
  [45, 'offline'],
  [10, 'limited'],
];
const CLOCKS: Weighted<ClockState> = [
  [80, 'ok'],
  [8, 'unproven_forward'],
  [6, 'unproven_reboot'],
  [4, 'rolled_back'],
  [2, 'untrusted'],
];
const METHODS: Weighted<readonly string[]> = [
  [60, ['fpt']],
  [20, ['pin', 'user']],
  [10, ['face', 'hwk']],
  [10, ['pwd']],
];
const ROLES: Weighted<readonly string[] | undefined> = [
  [80, ['dispatcher', 'technician']],
  [15, ['viewer']],
  [5, undefined],
];
const AGES: Weighted<readonly [from: number, to: number]> = [
  [30, [0, 6 * MINUTE]],
  [30, [6 * MINUTE, 12 * HOUR]],
  [25, [12 * HOUR, 50 * HOUR]],
  [15, [50 * HOUR, 8 * DAY]],
];

function proof(dice: Dice, at: number): StepUpProof {
  return {
    at,
    amr: dice.pick(METHODS),
    subject: dice.chance(0.97) ? { ...SUBJECT } : { tenant: 'acme', sub: 'u-18' },
    sameBoot: dice.chance(0.95),
    biometricEpoch: dice.chance(0.97) ? 'e1' : 'e0',
    consumed: false,
  };
}

/** Everything but the capability: what an app knows at one time, from which it makes many requests. */
type Situation = Omit<Request, 'capability' | 'interactive'>;

function situation(dice: Dice): Situation {
  const now = NOW + dice.between(0, DAY);
  const [youngest, oldest] = dice.pick(AGES);
  const lastConfirmedAt = now - dice.between(youngest, oldest);
  const authTime = lastConfirmedAt - dice.between(0, DAY);
  const roles = dice.pick(ROLES);
  const expiresIn = dice.between(-20 * MINUTE, HOUR);
  const proofs = dice.pick<number>([
    [25, 0],
    [60, 1],
    [15, 2],
  ]);
  return {
    now,
    clock: { state: dice.pick(CLOCKS), provenNow: now },
    connectivity: dice.pick(CONNECTIVITY),
    session: {
      authState: dice.pick(STATES),
      ...SUBJECT,
      establishedAt: authTime,
      lastConfirmedAt,
      authTime,
      lastActivityAt: lastConfirmedAt,
      amr: ['pwd'],
    },
    ...(dice.chance(0.95)
      ? { accessToken: { issuedAt: now + expiresIn - HOUR, expiresAt: now + expiresIn, verified: dice.chance(0.97) } }
      : {}),
    refreshToken: { present: true },
    // Not spread: the runtime would give each of them a shape of its own.
    permissions: roles
      ? { roles, fetchedAt: lastConfirmedAt, integrity: 'signed' }
      : { fetchedAt: lastConfirmedAt, integrity: 'signed' },
    stepUps: Array.from({ length: proofs }, () => proof(dice, now - dice.between(0, 15 * HOUR))),
    device: { compliant: true, storage: 'os', binding: 'unchanged', biometricEpoch: 'e1' },
    usage: {},
  };
}

function request(dice: Dice, facts: Situation, names: readonly string[]): Request {
  return {
    capability: names[dice.between(0, names.length)] ?? CAPABILITIES[0],
    ...(dice.chance(0.05) ? { interactive: false } : {}),
    ...facts,
    now: facts.now + dice.between(0, 5 * MINUTE),
  };
}

/**
 * `count` requests about those capabilities, seeded: equal arguments give equal requests. They come in any order from as
 * many situations, because an app asks many times of what it knows: on every tap, for every row of a list.
 */
export function seededRequests(
  count: number,
  names: readonly string[] = CAPABILITIES,
  situations = count,
): readonly Request[] {
  const dice = new Dice(SEED);
  const known = Array.from({ length: situations }, () => situation(dice));
  return Array.from({ length: count }, () => {
    const facts = known[dice.between(0, known.length)];
    if (facts === undefined) throw new TypeError('there must be a situation to ask in');
    return request(dice, facts, names);
  });
}
