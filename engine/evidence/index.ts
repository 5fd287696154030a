/** Entry `latchkey/evidence`: how history is hashed, chained and signed, and how anybody checks it. */
export { canonicalText, entryHash, fromHex, NO_ENTRY, rowHash, toHex } from './entry.ts';
export type { AuditEntry, EntryData, RowReference, Sha256 } from './entry.ts';
export {
  digestHolds,
  entryLine,
  EXPORT_FORMAT,
  exportFiles,
  manifestText,
  readEntryLine,
  readRowLine,
  rowLine,
  textFileOf,
} from './layout.ts';
export type { ExportManifest } from './layout.ts';
export { checkpointText, parseNote, parseVerifierKey, signedNote, verifierKeyText } from './note.ts';
export type { CheckpointBody, VerifierKey, VerifyEd25519 } from './note.ts';
export { addLeaf, treeRoot, type Frontier } from './tree.ts';
export { verifyEvidence } from './verify.ts';
export type {
  Evidence,
  EvidenceProblem,
  KeptCheckpoint,
  KeptEntry,
  KeptRow,
  Primitives,
  Verification,
} from './verify.ts';
