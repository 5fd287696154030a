/** History: who did what when and why, what was in force, and whether the record of it holds. */
export { listEvents } from './events.ts';
export { exportEvidence } from './export-evidence.ts';
export { integrity } from './integrity.ts';
export { inForceAt, releasesOf } from './releases.ts';
export { revisionsOf } from './revisions.ts';
export { segregationReport } from './segregation.ts';
export { diffTexts, type DiffHunk } from './text-diff.ts';
