/**
 * json-rules-engine 7 in its fastest documented set-up:
 * - one engine a capability, built once, so that a run evaluates one rule;
 * - facts as runtime constants, handed over as `Fact` objects with `cache: false`, which spares a hash of every fact
 *   on every run;
 * - no event listeners, no paths, no conditions stored apart.
 */
import { Engine, Fact, type TopLevelCondition } from 'json-rules-engine';
import { partOf } from '../capabilities.ts';
import { panel, type Contender } from '../contender.ts';
import type { CapabilityId } from '../requests.ts';
import { FIVE_MINUTES, flatFacts, OPEN, READABLE, TWELVE_HOURS, TWO_DAYS, UNTRUSTED, WEEK } from './flat-facts.ts';

const CONDITIONS: Readonly<Record<CapabilityId, TopLevelCondition>> = {
  'work_order.view': {
    all: [
      { fact: 'authState', operator: 'in', value: READABLE },
      { fact: 'confirmationAge', operator: 'lessThanInclusive', value: WEEK },
    ],
  },
  'work_order.note': {
    all: [
      { fact: 'authState', operator: 'in', value: OPEN },
      { fact: 'confirmationAge', operator: 'lessThanInclusive', value: TWO_DAYS },
      { fact: 'stepUpAge', operator: 'lessThanInclusive', value: TWELVE_HOURS },
    ],
  },
  'work_order.complete': {
    all: [
      { fact: 'authState', operator: 'in', value: OPEN },
      { fact: 'roles', operator: 'contains', value: 'technician' },
      { fact: 'snapshotAge', operator: 'lessThanInclusive', value: TWO_DAYS },
      {
        any: [
          {
            all: [
              { fact: 'connectivity', operator: 'equal', value: 'online' },
              { fact: 'tokenVerified', operator: 'equal', value: true },
              { fact: 'tokenFreshFor', operator: 'greaterThan', value: 0 },
            ],
          },
          {
            all: [
              { fact: 'clockState', operator: 'notIn', value: UNTRUSTED },
              { fact: 'confirmationAge', operator: 'lessThanInclusive', value: FIVE_MINUTES },
            ],
          },
        ],
      },
    ],
  },
};

export const jsonRulesEngine: Contender = {
  name: 'json-rules-engine',
  file: 'json-rules-engine',
  exported: 'jsonRulesEngine',
  package: 'json-rules-engine',
  imports: "export { Engine, Fact } from 'json-rules-engine';",
  setUp: 'One engine a capability; facts as runtime constants with `cache: false`; no listeners.',
  awaited: true,
  build({ capabilities, like }) {
    const engines = new Map(
      capabilities.map((each) => [
        each.id,
        new Engine([{ conditions: CONDITIONS[each.like], event: { type: 'permit' } }]),
      ]),
    );
    return panel(
      (request) => {
        const facts = Object.entries(flatFacts(partOf(like, request.capability), request));
        return {
          engine: partOf(engines, request.capability),
          facts: Object.fromEntries(facts.map(([id, value]) => [id, new Fact(id, value, { cache: false })])),
        };
      },
      async ({ engine, facts }) => {
        const { events } = await engine.run(facts);
        return events.length > 0;
      },
    );
  },
};
