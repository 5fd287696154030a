/** A draft: one a policy, shared by all who may edit, and what it was made from. */
import type { Kysely } from 'kysely';
import type { DraftRow, Tables } from '../store/index.ts';
import { byName, newestRevision, revisionOf, type NamedText, type Revision } from './revision.ts';

export interface Draft {
  readonly policyId: string;
  /** The revision it was made from; null before the first one. */
  readonly base: Revision | null;
  readonly text: string;
  /** By name. */
  readonly timelines: readonly NamedText[];
  /** Goes up by one with every save; 0 while nothing was ever saved and the newest revision stands in. */
  readonly lockVersion: number;
  /** Ids of all who saved it since its base. */
  readonly contributors: readonly string[];
  readonly updatedBy: string | null;
  readonly updatedAt: number | null;
}

/** A draft as a conflict carries it. */
export type DraftVersion = Pick<Draft, 'text' | 'timelines' | 'lockVersion' | 'updatedBy' | 'updatedAt'>;

/** The draft of a policy that exists, or null when it has neither draft nor revision. */
export async function draftOf(db: Kysely<Tables>, policyId: string): Promise<Draft | null> {
  const row = await db.selectFrom('draft').selectAll().where('policy_id', '=', policyId).executeTakeFirst();
  if (row !== undefined) return draftFrom(db, row);
  const base = await newestRevision(db, policyId);
  if (base === null) return null;
  const { text, timelines } = base;
  return { ...{ policyId, base, text, timelines }, lockVersion: 0, contributors: [], updatedBy: null, updatedAt: null };
}

async function draftFrom(db: Kysely<Tables>, row: DraftRow): Promise<Draft> {
  return {
    policyId: row.policy_id,
    base: row.base_revision === null ? null : await revisionOf(db, row.base_revision),
    text: row.text,
    timelines: JSON.parse(row.timelines) as NamedText[],
    lockVersion: row.lock_version,
    contributors: JSON.parse(row.contributors) as string[],
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}

/** Only what a conflict needs to be resolved. */
export function versionOf({ text, timelines, lockVersion, updatedBy, updatedAt }: Draft): DraftVersion {
  return { text, timelines, lockVersion, updatedBy, updatedAt };
}

/** Whether both say the same, to the letter. */
export function sameTexts(a: Pick<Draft, 'text' | 'timelines'>, b: Pick<Draft, 'text' | 'timelines'> | null): boolean {
  return b !== null && a.text === b.text && timelinesText(a.timelines) === timelinesText(b.timelines);
}

/** As the `timelines` column holds them. */
export function timelinesText(timelines: readonly NamedText[]): string {
  return JSON.stringify(byName(timelines).map(({ name, text }) => ({ name, text })));
}
