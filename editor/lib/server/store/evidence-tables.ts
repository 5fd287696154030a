import type { Tables } from './tables.ts';

/**
 * Tables whose rows an entry of the log vouches for, with their primary key, parents before children. The log itself and
 * its checkpoints are checked by their own rules.
 */
export const evidenceTables = {
  installation: 'log',
  signing_key: 'id',
  policy: 'id',
  stored_text: 'digest',
  revision: 'id',
  review: 'id',
  review_comment: 'id',
  simulation_run: 'id',
  release: 'id',
  retrospective_review: 'id',
} as const satisfies Partial<{ [T in keyof Tables]: keyof Tables[T] }>;

export type EvidenceTable = keyof typeof evidenceTables;
