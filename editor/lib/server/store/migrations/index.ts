import { evidence } from './evidence.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. */
export const migrations: readonly Migration[] = [evidence];
export { migrationHash, type Kind, type Migration } from './migration.ts';
