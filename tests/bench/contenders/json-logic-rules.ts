/** The rules as JsonLogic, for the three ways to run it. */
import { partOf } from '../capabilities.ts';
import { panel, type Given, type Panel } from '../contender.ts';
import type { CapabilityId } from '../requests.ts';
import {
  FIVE_MINUTES,
  flatFacts,
  OPEN,
  READABLE,
  TWELVE_HOURS,
  TWO_DAYS,
  UNTRUSTED,
  WEEK,
  type Facts,
} from './flat-facts.ts';

export type JsonLogic = Readonly<Record<string, unknown>>;

const fact = (name: string): JsonLogic => ({ var: name });
const atMost = (name: string, limit: number): JsonLogic => ({ '<=': [fact(name), limit] });
const among = (name: string, words: readonly string[]): JsonLogic => ({ in: [fact(name), words] });

/** A new rule each time, as from a file: no two capabilities share a part of theirs. */
const RULES: Readonly<Record<CapabilityId, () => JsonLogic>> = {
  'work_order.view': () => ({ and: [among('authState', READABLE), atMost('confirmationAge', WEEK)] }),
  'work_order.note': () => ({
    and: [among('authState', OPEN), atMost('confirmationAge', TWO_DAYS), atMost('stepUpAge', TWELVE_HOURS)],
  }),
  'work_order.complete': () => ({
    and: [
      among('authState', OPEN),
      { in: ['technician', fact('roles')] },
      atMost('snapshotAge', TWO_DAYS),
      {
        or: [
          {
            and: [
              { '===': [fact('connectivity'), 'online'] },
              { '===': [fact('tokenVerified'), true] },
              { '>': [fact('tokenFreshFor'), 0] },
            ],
          },
          { and: [{ '!': among('clockState', UNTRUSTED) }, atMost('confirmationAge', FIVE_MINUTES)] },
        ],
      },
    ],
  }),
};

/** A rule a capability, each made ready once by `ready`. */
export function byJsonLogic(
  { capabilities, like }: Given,
  ready: (rule: JsonLogic) => (facts: Facts) => unknown,
): Panel {
  const rules = new Map(capabilities.map((each) => [each.id, ready(RULES[each.like]())]));
  return panel(
    (request) => ({
      rule: partOf(rules, request.capability),
      facts: flatFacts(partOf(like, request.capability), request),
    }),
    ({ rule, facts }) => rule(facts) === true,
  );
}
