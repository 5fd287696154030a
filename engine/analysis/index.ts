/** Entry `latchkey/analysis`: what a policy says that its authors may not have meant. */
export { coverageOf } from './coverage.ts';
export type { CapabilityCoverage, ConstraintCoverage, Coverage, LimitCoverage, LimitState } from './coverage.ts';
export type { LintCode } from '../diagnostic.ts';
export type { Finding, Fix, TextEdit } from './finding.ts';
export { applyFix, tidy, type Tidied } from './fix.ts';
export { lint, type LintOptions } from './lint.ts';
export { baselineOf, judge, mutantsOf, scoreOf } from './mutate.ts';
export type { Baseline, Mutant, Verdict } from './mutate.ts';
export type { Suggestion } from './mutate-suggestion.ts';
export { OPERATORS, type Edit, type OperatorName } from './mutate-edits.ts';
