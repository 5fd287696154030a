/** Ours, as an app would hold it: a policy compiled once, requests as they are. */
import { compile, decide, permits } from 'latchkey';
import { panel, type Contender } from '../contender.ts';

const shared = {
  file: 'latchkey',
  package: 'latchkey',
  imports: "export { compile, decide, permits } from 'latchkey';",
} as const;

export const latchkeyPermits: Contender = {
  ...shared,
  name: 'latchkey, `permits`',
  exported: 'latchkeyPermits',
  setUp: 'The policy, normalized beforehand, compiled once; yes or no.',
  build({ policy }) {
    const program = compile(policy);
    return panel(
      (request) => request,
      (request) => permits(program, request),
    );
  },
};

export const latchkeyDecide: Contender = {
  ...shared,
  name: 'latchkey, `decide`',
  exported: 'latchkeyDecide',
  setUp: 'The same; with every reason, remedies, obligations, advice and the instant of the next change.',
  build({ policy }) {
    const program = compile(policy);
    return panel(
      (request) => request,
      (request) => decide(program, request).outcome === 'permit',
    );
  },
};
