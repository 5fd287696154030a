/** Who takes part: ours first, then code written by hand, then the libraries. */
import type { Contender } from '../contender.ts';
import { casbin } from './casbin.ts';
import { casl } from './casl.ts';
import { cedarWasm } from './cedar-wasm.ts';
import { handWrittenGuarded } from './hand-written-guarded.ts';
import { handWrittenWhole } from './hand-written-whole.ts';
import { handWritten, handWrittenReasons } from './hand-written.ts';
import { jsonLogicBuilt } from './json-logic-built.ts';
import { jsonLogicInterpreted } from './json-logic-interpreted.ts';
import { jsonLogicJs } from './json-logic-js.ts';
import { jsonRulesEngine } from './json-rules-engine.ts';
import { latchkeyDecide, latchkeyPermits } from './latchkey.ts';

export const LIBRARIES: readonly Contender[] = [
  jsonLogicBuilt,
  jsonLogicInterpreted,
  jsonLogicJs,
  casl,
  casbin,
  jsonRulesEngine,
  cedarWasm,
];

export const CONTENDERS: readonly Contender[] = [
  latchkeyPermits,
  latchkeyDecide,
  handWritten,
  handWrittenGuarded,
  handWrittenReasons,
  handWrittenWhole,
  ...LIBRARIES,
];
