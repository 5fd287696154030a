/** json-logic-engine 5, each rule built into a function once, which its documentation names as the fastest. */
import { LogicEngine } from 'json-logic-engine';
import type { Contender } from '../contender.ts';
import { byJsonLogic } from './json-logic-rules.ts';

export const jsonLogicBuilt: Contender = {
  name: 'json-logic-engine, built',
  file: 'json-logic-built',
  exported: 'jsonLogicBuilt',
  package: 'json-logic-engine',
  imports: "export { LogicEngine } from 'json-logic-engine';",
  setUp: 'Each rule built once by `engine.build`, which writes JavaScript and has it evaluated.',
  build(given) {
    const engine = new LogicEngine();
    return byJsonLogic(given, (rule) => engine.build(rule) as (facts: unknown) => unknown);
  },
};
