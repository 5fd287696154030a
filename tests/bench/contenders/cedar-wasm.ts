/**
 * cedar-wasm 4 in its build for Node, with preparsed policy sets: `preparsePolicySet` once, `statefulIsAuthorized` for
 * every request. The stateless `isAuthorized` parses the policies each time and takes several times as long.
 * One set a capability: with all three hundred policies in one set, each request would be judged by all of them.
 * In a loop, Node 20 aborts: V8 11.3 cannot deoptimize a WebAssembly call that it inlined. So that the faster call can
 * be measured at all, V8 is told not to inline these; nobody else here calls WebAssembly.
 */
import { setFlagsFromString } from 'node:v8';
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { partOf } from '../capabilities.ts';
import { panel, type Contender } from '../contender.ts';
import type { CapabilityId } from '../requests.ts';
import { FIVE_MINUTES, flatFacts, OPEN, READABLE, TWELVE_HOURS, TWO_DAYS, UNTRUSTED, WEEK } from './flat-facts.ts';

const among = (name: string, words: readonly string[]): string =>
  `[${words.map((word) => `"${word}"`).join(', ')}].contains(context.${name})`;

const CONDITIONS: Readonly<Record<CapabilityId, string>> = {
  'work_order.view': `${among('authState', READABLE)} && context.confirmationAge <= ${WEEK}`,
  'work_order.note': [
    among('authState', OPEN),
    `context.confirmationAge <= ${TWO_DAYS}`,
    `context.stepUpAge <= ${TWELVE_HOURS}`,
  ].join(' && '),
  'work_order.complete': [
    among('authState', OPEN),
    'context.roles.contains("technician")',
    `context.snapshotAge <= ${TWO_DAYS}`,
    `((context.connectivity == "online" && context.tokenVerified && context.tokenFreshFor > 0) || ` +
      `(!${among('clockState', UNTRUSTED)} && context.confirmationAge <= ${FIVE_MINUTES}))`,
  ].join(' && '),
};

export const cedarWasm: Contender = {
  name: 'cedar-wasm',
  file: 'cedar-wasm',
  exported: 'cedarWasm',
  package: '@cedar-policy/cedar-wasm',
  imports: "export { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm';",
  setUp:
    'Preparsed: a policy set a capability by `preparsePolicySet`, then `statefulIsAuthorized`; V8 told not to inline WebAssembly calls.',
  share: 1_000,
  build({ capabilities, like }) {
    setFlagsFromString('--no-turbo-inline-js-wasm-calls');
    for (const each of capabilities) {
      const staticPolicies = `permit(principal, action, resource) when { ${CONDITIONS[each.like]} };`;
      const { type } = preparsePolicySet(each.id, { staticPolicies });
      if (type !== 'success') throw new TypeError(`the policy of ${each.id} does not parse`);
    }
    return panel(
      (request) => ({
        principal: { type: 'User', id: request.session?.sub ?? '' },
        action: { type: 'Action', id: request.capability },
        resource: { type: 'App', id: 'field-service' },
        context: { ...flatFacts(partOf(like, request.capability), request) },
        preparsedPolicySetId: request.capability,
        entities: [],
      }),
      (call) => {
        const answer = statefulIsAuthorized(call);
        return answer.type === 'success' && answer.response.decision === 'allow';
      },
    );
  },
};
