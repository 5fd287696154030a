/** Policies between a folder and the store. */
export { importPolicies } from './import.ts';
