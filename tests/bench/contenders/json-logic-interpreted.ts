/** json-logic-engine 5 without building: `run` prepares a rule as closures when it first sees it, and keeps them. */
import { LogicEngine } from 'json-logic-engine';
import type { Contender } from '../contender.ts';
import { byJsonLogic } from './json-logic-rules.ts';

export const jsonLogicInterpreted: Contender = {
  name: 'json-logic-engine, interpreted',
  file: 'json-logic-interpreted',
  exported: 'jsonLogicInterpreted',
  package: 'json-logic-engine',
  imports: "export { LogicEngine } from 'json-logic-engine';",
  setUp: 'One engine, `engine.run` with its interpreter’s optimisation left on, so that a rule is prepared once.',
  build(given) {
    const engine = new LogicEngine();
    return byJsonLogic(given, (rule) => (facts) => engine.run(rule, facts) as unknown);
  },
};
