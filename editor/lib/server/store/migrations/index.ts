import { accounts } from './accounts.ts';
import { evidence } from './evidence.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. */
export const migrations: readonly Migration[] = [evidence, accounts];
export { migrationHash, type Kind, type Migration } from './migration.ts';
