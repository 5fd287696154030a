/**
 * casbin 5, one enforcer, each capability a matcher of its own, chosen by an `EnforceContext`: a decision evaluates
 * one expression, however many there are. Rules as policy lines with `eval()` take twice as long for three
 * capabilities and go through all lines for three hundred. `enforceSync`, which the documentation calls the faster one.
 */
import { EnforceContext, newEnforcer, newModelFromString } from 'casbin';
import { partOf } from '../capabilities.ts';
import { panel, type Contender } from '../contender.ts';
import type { CapabilityId } from '../requests.ts';
import { FIVE_MINUTES, flatFacts, OPEN, READABLE, TWELVE_HOURS, TWO_DAYS, UNTRUSTED, WEEK } from './flat-facts.ts';

const among = (name: string, words: readonly string[]): string =>
  `(${words.map((word) => `r.facts.${name} == '${word}'`).join(' || ')})`;
const notAmong = (name: string, words: readonly string[]): string =>
  words.map((word) => `r.facts.${name} != '${word}'`).join(' && ');

const MATCHERS: Readonly<Record<CapabilityId, string>> = {
  'work_order.view': `${among('authState', READABLE)} && r.facts.confirmationAge <= ${WEEK}`,
  'work_order.note': [
    among('authState', OPEN),
    `r.facts.confirmationAge <= ${TWO_DAYS}`,
    `r.facts.stepUpAge <= ${TWELVE_HOURS}`,
  ].join(' && '),
  'work_order.complete': [
    among('authState', OPEN),
    `('technician' in r.facts.roles)`,
    `r.facts.snapshotAge <= ${TWO_DAYS}`,
    `((r.facts.connectivity == 'online' && r.facts.tokenVerified == true && r.facts.tokenFreshFor > 0) || ` +
      `(${notAmong('clockState', UNTRUSTED)} && r.facts.confirmationAge <= ${FIVE_MINUTES}))`,
  ].join(' && '),
};

/** The library reads `m`, `m2`, `m3` and so on, without a gap. */
const matcherName = (index: number): string => (index === 0 ? 'm' : `m${index + 1}`);

export const casbin: Contender = {
  name: 'casbin',
  file: 'casbin',
  exported: 'casbin',
  package: 'casbin',
  imports: "export { EnforceContext, newEnforcer, newModelFromString } from 'casbin';",
  setUp: 'One enforcer, a matcher a capability, chosen by an `EnforceContext`; `enforceSync`.',
  async build({ capabilities, like }) {
    const matchers = capabilities.map((each, index) => `${matcherName(index)} = ${MATCHERS[each.like]}`);
    const model = newModelFromString(`[request_definition]
r = facts
[policy_definition]
p = unused
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
${matchers.join('\n')}
`);
    const enforcer = await newEnforcer(model);
    const contexts = new Map(
      capabilities.map(({ id }, index) => [id, new EnforceContext('r', 'p', 'e', matcherName(index))]),
    );
    return panel(
      (request) => ({
        context: partOf(contexts, request.capability),
        facts: flatFacts(partOf(like, request.capability), request),
      }),
      ({ context, facts }) => enforcer.enforceSync(context, facts),
    );
  },
};
