/** Timelines as long as one asks for, and policies with as many capabilities: how the cost of a simulation grows. */
import { compile, type Policy, type Program } from 'latchkey';
import type { TimedEvent, Timeline } from 'latchkey/timeline';

const MINUTE = 60_000;

type Event = TimedEvent['event'];

/** A working day's events over and over: half of it without a network, with proofs, naps and confirmations. */
const DAY: readonly Event[] = [
  { type: 'user-activity' },
  { type: 'connectivity-change', to: 'offline' },
  { type: 'attempt', capability: 'work_order.note' },
  { type: 'step-up', result: 'ok', amr: ['fpt'] },
  { type: 'attempt', capability: 'work_order.note' },
  { type: 'sleep' },
  { type: 'wake' },
  { type: 'user-activity' },
  { type: 'step-up', result: 'failed', amr: ['fpt'] },
  { type: 'attempt', capability: 'work_order.complete' },
  { type: 'user-activity' },
  { type: 'connectivity-change', to: 'limited' },
  { type: 'attempt', capability: 'work_order.photo' },
  { type: 'connectivity-change', to: 'online' },
  { type: 'token-refresh', result: 'ok' },
  { type: 'permission-snapshot', roles: ['technician'], integrity: 'signed' },
  { type: 'user-activity' },
  { type: 'app-background' },
];

const SIGN_IN: Event = { type: 'session-established', sub: 'u-17', amr: ['pwd'], roles: ['technician'] };

/** `model` with the given number of events instead of its own, twenty minutes apart. */
export function longTimeline(model: Timeline, events: number): Timeline {
  return {
    ...model,
    until: events * 20 * MINUTE,
    expect: [],
    events: Array.from({ length: events }, (_, index) => ({
      at: index * 20 * MINUTE,
      event: (index === 0 ? SIGN_IN : DAY[index % DAY.length]) as Event,
      path: `/events/${index}`,
    })),
  };
}

/** The policy with its capabilities repeated under other names until there are `count`. */
export function widePolicy(policy: Policy, count: number): Program {
  const { capabilities } = policy;
  const repeated = Array.from({ length: count }, (_, index) => {
    const model = capabilities[index % capabilities.length] as Policy['capabilities'][number];
    return index < capabilities.length ? model : { ...model, id: `${model.id}.${index}` };
  });
  return compile({ ...policy, capabilities: repeated.slice(0, count) });
}
