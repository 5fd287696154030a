/** The store: policies, revisions, reviews and releases, and the log that vouches for them. */
export { readEvidence, type EvidenceReader } from './evidence-reader.ts';
export { contentHash, digestOf } from './hashes.ts';
export { SchemaError } from './migrate.ts';
export type { NewRow } from './record.ts';
export { answers, openStore, type Store, type StoreOptions, type Writing } from './store.ts';
export type * from './tables.ts';
export { verifyStore } from './verify-store.ts';
