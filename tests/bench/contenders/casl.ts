/**
 * CASL 7, one ability for all capabilities: the action is the capability, the subject the flat facts.
 * - `$or` is taken up into the conditions as the documentation shows, so that a capability is one rule and not two;
 * - the subject's type is told by `detectSubjectType`: marking each request or giving it a class is slower.
 * Conditions stay data. Functions in their place would be the hand-written contender again.
 */
import { buildMongoQueryMatcher, createMongoAbility, type MongoQuery } from '@casl/ability';
import { $and, $or, and, or } from '@ucast/mongo2js';
import { partOf } from '../capabilities.ts';
import { panel, type Contender } from '../contender.ts';
import type { CapabilityId } from '../requests.ts';
import { FIVE_MINUTES, flatFacts, OPEN, READABLE, TWELVE_HOURS, TWO_DAYS, UNTRUSTED, WEEK } from './flat-facts.ts';

const SUBJECT = 'Request';

const CONDITIONS: Readonly<Record<CapabilityId, MongoQuery>> = {
  'work_order.view': { authState: { $in: READABLE }, confirmationAge: { $lte: WEEK } },
  'work_order.note': {
    authState: { $in: OPEN },
    confirmationAge: { $lte: TWO_DAYS },
    stepUpAge: { $lte: TWELVE_HOURS },
  },
  'work_order.complete': {
    authState: { $in: OPEN },
    roles: 'technician',
    snapshotAge: { $lte: TWO_DAYS },
    $or: [
      { connectivity: 'online', tokenVerified: true, tokenFreshFor: { $gt: 0 } },
      { clockState: { $nin: UNTRUSTED }, confirmationAge: { $lte: FIVE_MINUTES } },
    ],
  },
};

export const casl: Contender = {
  name: 'CASL',
  file: 'casl',
  exported: 'casl',
  package: '@casl/ability',
  imports: `export { buildMongoQueryMatcher, createMongoAbility } from '@casl/ability';
    export { $and, $or, and, or } from '@ucast/mongo2js';`,
  setUp: 'One ability, the action is the capability; `$or` added to its conditions; `detectSubjectType` is constant.',
  build({ capabilities, like }) {
    const rules = capabilities.map((each) => ({
      action: each.id,
      subject: SUBJECT,
      conditions: CONDITIONS[each.like],
    }));
    const ability = createMongoAbility(rules, {
      conditionsMatcher: buildMongoQueryMatcher({ $and, $or }, { and, or }),
      detectSubjectType: () => SUBJECT,
    });
    return panel(
      (request) => ({
        action: request.capability,
        facts: flatFacts(partOf(like, request.capability), request),
      }),
      ({ action, facts }) => ability.can(action, facts),
    );
  },
};
