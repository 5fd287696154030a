/** What a person sees above the capabilities: state, network, tokens, proof, clock and policy over time. */
import { expiring, readProof } from '../constraints/index.ts';
import { accessTokenOf, reached, readFacts, validUntil, type Facts } from '../facts.ts';
import { member } from '../own.ts';
import { isInstant, type Instant, type Milliseconds } from '../request.ts';
import type { Playback, Span, Stretch } from './playback.ts';
import { scheduleState } from './schedule-lane.ts';
import type { Lanes, LaneSegment } from './simulation.ts';
import { walk, type Answer } from './walk.ts';

type LaneName = keyof Lanes;
type LaneValues = { readonly [Name in LaneName]: Lanes[Name][number]['value'] };

/** Every lane over [0, to). */
export function lanesOf({ stretches }: Playback, to: Milliseconds): Lanes {
  const steps: { readonly at: Milliseconds; readonly value: LaneValues }[] = [];
  walk(stretches, valuesIn, 0, to, (at, value) => {
    steps.push({ at, value });
  });
  const lane = <Name extends LaneName>(name: Name): readonly LaneSegment<LaneValues[Name]>[] => {
    const starts = steps.filter(({ value }, index) => value[name] !== steps[index - 1]?.value[name]);
    return starts.map(({ at, value }, index) => ({ from: at, to: starts[index + 1]?.at ?? to, value: value[name] }));
  };
  return {
    authState: lane('authState'),
    connectivity: lane('connectivity'),
    accessToken: lane('accessToken'),
    refreshToken: lane('refreshToken'),
    stepUp: lane('stepUp'),
    clock: lane('clock'),
    schedule: lane('schedule'),
    policy: lane('policy'),
  };
}

function valuesIn(stretch: Stretch, { facts: request }: Span, now: Instant): Answer<LaneValues> {
  const { policy } = stretch.program;
  const facts = readFacts(stretch.program, request, now);
  const value: LaneValues = {
    authState: request.session?.authState ?? 'none',
    connectivity: request.connectivity,
    accessToken: accessToken(facts),
    refreshToken: refreshToken(facts, stretch),
    stepUp: stepUp(facts),
    clock: request.clock.state,
    schedule: scheduleState(policy, facts),
    policy: `${policy.id}@${policy.version}`,
  };
  return { value, validUntil: validUntil(facts) };
}

function accessToken(facts: Facts): LaneValues['accessToken'] {
  const token = accessTokenOf(facts);
  if (!token || !isInstant(token.expiresAt)) return 'none';
  const { expiresAt } = token;
  if (reached(facts, expiresAt)) return 'expired';
  return expiring(facts, token, expiresAt) ? 'expiring' : 'fresh';
}

function refreshToken(facts: Facts, { session }: Stretch): LaneValues['refreshToken'] {
  const token = member(facts.request, 'refreshToken');
  if (member(token, 'present') !== true) return 'none';
  if (session.accounts[session.selected]?.refreshUnsent === true) return 'unsent';
  const bounds = [member(token, 'idleExpiresAt'), member(token, 'absoluteExpiresAt')].filter(isInstant);
  return bounds.some((bound) => reached(facts, bound)) ? 'expired' : 'usable';
}

/** The newest proof that counts by everything but its age, as a rule that does not survive a reboot sees it. */
function stepUp(facts: Facts): string {
  const entries = member(facts.request, 'stepUps');
  let newest: { readonly at: number; readonly amr: readonly string[] } | undefined;
  for (const entry of Array.isArray(entries) ? entries : []) {
    const proof = readProof(facts, entry, false);
    if (proof !== undefined && (newest === undefined || proof.at >= newest.at)) newest = proof;
  }
  return newest?.amr.join('+') ?? 'none';
}
