/** Entry `latchkey/interop/json-rules-engine`: rules of that library into policies, and programs into that library. */
export { importRules } from './import-rules.ts';
export { DECISION_FACT, REQUEST_FACT, toEngine, type ToEngineOptions } from './to-engine.ts';
export type { EngineClass, EngineCondition, EngineRule, RulesAlmanac, RulesEngine } from './library.ts';
export type { PolicyDocument } from '../../document.ts';
export type { Diagnostic, Result } from '../../diagnostic.ts';
