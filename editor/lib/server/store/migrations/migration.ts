import { createHash } from 'node:crypto';

/** Which database: SQLite in a file, or PostgreSQL for teams. */
export type Kind = 'sqlite' | 'postgres';

/** A step of the schema. What has run anywhere is never edited: a later step mends it. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  /** The statements, in order, for one kind of database. */
  statements(kind: Kind): readonly string[];
}

/** SHA-256 of a step as a kind of database gets it, lower-case hex: what ran is compared with what is shipped. */
export function migrationHash(migration: Migration, kind: Kind): string {
  const text = JSON.stringify([migration.id, migration.name, migration.statements(kind)]);
  return createHash('sha256').update(text).digest('hex');
}
