/** Policies between a folder and the store. */
export { importPolicies } from './import.ts';
export { pull } from './pull.ts';
export { push } from './push.ts';
