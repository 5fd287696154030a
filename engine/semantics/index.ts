/** What a policy means beyond its shape: names that must be there, limits, and rules between far parts of a document. */
export { meaningProblems } from './meaning.ts';
