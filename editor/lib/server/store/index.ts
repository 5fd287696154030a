/** The store: policies, revisions, reviews and releases, and the log that vouches for them. */
export { readEvidence, type EvidenceReader } from './evidence-reader.ts';
export { storeFacts } from './facts.ts';
export { contentHash, digestOf } from './hashes.ts';
export { migrate, SchemaError, schemaState, UNFINISHED } from './migrate.ts';
export { migrations, type Kind, type Migration } from './migrations/index.ts';
export type { NewRow } from './record.ts';
export { readVerifierKey } from './signing.ts';
export { SqliteFileDialect } from './sqlite.ts';
export { answers, connect, openStore, type Store, type StoreOptions, type Writing } from './store.ts';
export type * from './tables.ts';
export { verifyStore, type CheckProgress } from './verify-store.ts';
