/** Entry `latchkey/analysis`: what a policy says that its authors may not have meant. */
export type { LintCode } from '../diagnostic.ts';
export type { Finding, Fix, TextEdit } from './finding.ts';
export { applyFix, tidy, type Tidied } from './fix.ts';
export { lint, type LintOptions } from './lint.ts';
