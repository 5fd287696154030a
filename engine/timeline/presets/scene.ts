/** What the stories of all presets share: how they begin, and how long they must be quiet. */
import type { Policy } from '../../policy.ts';
import type { Milliseconds } from '../../request.ts';
import { LONGEST_DURATION } from '../../time/duration.ts';
import { limitsOf } from '../limits.ts';
import { castOf, constraintsOf, type Cast } from './cast.ts';
import type { Story } from './story.ts';

export const SECOND: Milliseconds = 1000;
export const MINUTE: Milliseconds = 60 * SECOND;
export const HOUR: Milliseconds = 60 * MINUTE;
export const DAY: Milliseconds = 24 * HOUR;

/** Lifetimes at the provider. Refresh tokens live shorter than usual, so that their ends fit into a story. */
export const ACCESS: Milliseconds = 60 * MINUTE;
export const REFRESH_IDLE: Milliseconds = 15 * DAY;
export const REFRESH_ABSOLUTE: Milliseconds = 30 * DAY;

/**
 * How far presets go: quotas up to so many uses, which somebody can still read through, and limits up to such a length,
 * which leaves room before the longest duration for whatever a story tells besides.
 */
export const PRESET_REACH = { uses: 250, time: LONGEST_DURATION - 20 * DAY } as const;

/** Everything a plot needs. */
export interface Scene {
  readonly policy: Policy;
  readonly cast: Cast;
  /** How long nothing may happen until every limit that time alone reaches is over. */
  readonly quiet: Milliseconds;
}

export function sceneOf(policy: Policy): Scene {
  return { policy, cast: castOf(policy), quiet: quietFor(policy) };
}

function quietFor(policy: Policy): Milliseconds {
  const limits = limitsOf(policy);
  const needs = limits.map(({ measured, length = 0 }) => {
    switch (measured) {
      case 'refreshIdleExpiry':
      case 'refreshAbsoluteExpiry':
        return REFRESH_ABSOLUTE;
      case 'windowStart':
      case 'windowEnd':
        return 8 * DAY;
      case 'exception':
        return 10 * DAY;
      default:
        return length;
    }
  });
  return Math.min(Math.max(DAY, ...needs) + HOUR, PRESET_REACH.time);
}

/** Signs in, proves who is there, and uses everything once; a device that then sleeps is confirmed when it wakes. */
export function begin(story: Story, { policy, cast }: Scene): Story {
  story.happens('session-established', { amr: cast.signIn });
  prove(story.wait(MINUTE), cast);
  for (const { id } of policy.capabilities) attempt(story.wait(10 * SECOND), id);
  useUp(story, { policy, cast });
  nap(story.wait(MINUTE), policy);
  return renew(story, cast);
}

/** A new token and a new proof. The device is online. */
export function renew(story: Story, cast: Cast): Story {
  return prove(story.happens('token-refresh', { result: 'ok' }).wait(SECOND), cast);
}

export function prove(story: Story, { proof }: Pick<Cast, 'proof'>): Story {
  return story.happens('step-up', { result: 'ok', amr: proof });
}

function attempt(story: Story, capability: string): Story {
  return story.happens('attempt', { capability });
}

/** The clock of a sleeping device drifts until nothing proves it any more. */
function nap(story: Story, { clock }: Policy): Story {
  return story
    .happens('sleep')
    .wait(clock.tolerance + MINUTE)
    .happens('wake');
}

/** Uses what there is a quota for, until there is none left; each use has a proof of its own where rules ask for one. */
function useUp(story: Story, { policy, cast }: Pick<Scene, 'policy' | 'cast'>): void {
  const everyUse = constraintsOf(policy).some((each) => each.kind === 'stepUp' && each.everyUse === true);
  const quotas = new Map<string, number>();
  for (const { measured, capability, uses = 0 } of limitsOf(policy))
    if (measured === 'uses') quotas.set(capability, Math.max(uses, quotas.get(capability) ?? 0));
  for (const [capability, uses] of quotas) {
    if (uses > PRESET_REACH.uses) continue;
    for (let use = 0; use <= uses; use++) {
      if (everyUse) prove(story.wait(SECOND), cast);
      attempt(story.wait(SECOND), capability);
    }
  }
}
