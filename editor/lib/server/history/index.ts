/** History: who did what when and why, what was in force, and whether the record of it holds. */
export { comparePage } from './compare-page.ts';
export { listEvents } from './events.ts';
export { evidencePage, exportOf, keyText, newestCheckpoint } from './evidence-page.ts';
export { exportEvidence } from './export-evidence.ts';
export { historyPage, historyTable } from './history-page.ts';
export { inForcePage } from './in-force-page.ts';
export { checkedNow, integrityTold } from './integrity-told.ts';
export { integrity } from './integrity.ts';
export { inForceAt, releasesOf } from './releases.ts';
export { revisionsOf } from './revisions.ts';
export { segregationReport } from './segregation.ts';
export { separationPage, separationTable } from './separation-page.ts';
export { openDiffer, type Differ } from './text-diff.ts';
