/** Ours from the policy's text: parsed, held against the schema, checked for sense and normalized before it is compiled. */
import { compile, decide } from 'latchkey';
import { load } from 'latchkey/load';
import { panel, type Contender } from '../contender.ts';

export const latchkeyLoad: Contender = {
  name: 'latchkey, from text by `load`',
  file: 'latchkey-load',
  exported: 'latchkeyLoad',
  package: 'latchkey',
  imports: "export { compile, decide, permits } from 'latchkey'; export { load } from 'latchkey/load';",
  setUp: 'The policy’s text checked in full by `load`, then compiled; answers by `decide`.',
  build({ text }) {
    const loaded = load(text);
    if (!loaded.ok) throw new TypeError('the policy does not load');
    const program = compile(loaded.value.policy);
    return panel(
      (request) => request,
      (request) => decide(program, request).outcome === 'permit',
    );
  },
};
