/** json-logic-js 2: `apply` walks the rule every time; there is nothing to set up. */
import jsonLogic from 'json-logic-js';
import type { Contender } from '../contender.ts';
import { byJsonLogic } from './json-logic-rules.ts';

export const jsonLogicJs: Contender = {
  name: 'json-logic-js',
  file: 'json-logic-js',
  exported: 'jsonLogicJs',
  package: 'json-logic-js',
  imports: "export { default } from 'json-logic-js';",
  setUp: 'One rule a capability, `apply`; the library has nothing that could be made ready beforehand.',
  build(given) {
    return byJsonLogic(given, (rule) => (facts) => jsonLogic.apply(rule, facts));
  },
};
