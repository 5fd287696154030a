import { accounts } from './accounts.ts';
import { evidence } from './evidence.ts';
import type { Migration } from './migration.ts';
import { noReplacing } from './no-replacing.ts';

/** Every step of the schema, in order. */
export const migrations: readonly Migration[] = [evidence, accounts, noReplacing];
export { migrationHash, type Kind, type Migration } from './migration.ts';
