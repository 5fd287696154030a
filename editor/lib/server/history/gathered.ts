import type {
  AuditEventRow,
  ReleaseRow,
  RetrospectiveReviewRow,
  ReviewRow,
  RevisionRow,
  SigningKeyRow,
  SimulationRunRow,
} from '../store/index.ts';
import { csvLine } from './csv.ts';
import { dutiesOf, type ReleaseDuties } from './segregation.ts';
import type { Summary } from './summary-page.ts';
import { utcText } from './utc-text.ts';

interface End {
  readonly seq: number;
  readonly hash: string;
}

/** What an export keeps in mind while it writes: counts, and rows without their texts for the tables and the summary. */
export class Gathered {
  readonly entries: { count: number; first: End | null; last: End | null } = { count: 0, first: null, last: null };
  /** Rows by table. */
  readonly rows = new Map<string, number>();
  readonly #types = new Map<string, number>();
  readonly #kept = new Map<string, Readonly<Record<string, unknown>>[]>();
  #duties: readonly ReleaseDuties[] | null | undefined;

  addEntry({ seq, type, entry_hash: hash }: AuditEventRow): void {
    this.entries.count += 1;
    this.entries.first ??= { seq, hash };
    this.entries.last = { seq, hash };
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
  }

  addRow(table: string, row: Readonly<Record<string, unknown>>): void {
    this.rows.set(table, (this.rows.get(table) ?? 0) + 1);
    if (!KEPT.has(table)) return;
    const rest = Object.fromEntries(Object.entries(row).filter(([column]) => !LONG.has(column)));
    const rows = this.#kept.get(table);
    if (rows === undefined) this.#kept.set(table, [rest]);
    else rows.push(rest);
  }

  keys(): readonly { readonly name: string; readonly text: string }[] {
    return this.#all<SigningKeyRow>('signing_key').map(({ id, verifier_key }) => ({ name: id, text: verifier_key }));
  }

  *reviewTable(): Generator<string> {
    yield csvLine(['at', 'policy', 'revision', 'reviewer', 'verdict', 'message', 'content_hash', 'id']);
    const revisions = new Map(this.#all<RevisionRow>('revision').map((row) => [row.id, row]));
    for (const row of this.#all<ReviewRow>('review').toSorted(byTime)) {
      const revision = revisions.get(row.revision_id);
      const { id, reviewer, verdict, message, content_hash } = row;
      const about = [utcText(row.created_at), revision?.policy_id ?? '', revision?.number ?? ''];
      yield csvLine([...about, reviewer, verdict, message, content_hash, id]);
    }
  }

  *releaseTable(): Generator<string> {
    yield csvLine([
      ...['at', 'environment', 'seq', 'policy', 'revision', 'kind', 'digest', 'reason', 'ticket', 'published_by'],
      ...['author', 'contributors', 'approved_by', 'looked_back_at_by', 'findings', 'id'],
    ]);
    for (const { release, author, contributors, approvers, reviewedLater, findings } of this.#dutiesNow() ?? []) {
      const { at, environment, seq, policy, number, kind, digest, reason, ticket, publishedBy, id } = release;
      yield csvLine([
        ...[utcText(at), environment, seq, policy, number, kind, digest, reason, ticket, publishedBy],
        ...[author, ...[contributors, approvers, reviewedLater, findings].map((names) => names.join(' ')), id],
      ]);
    }
  }

  summary(): Omit<Summary, 'log' | 'signedSize' | 'keys'> {
    const revisions = this.#all<RevisionRow>('revision').toSorted(byTime).toReversed();
    return {
      ...{
        first: this.entries.first,
        last: this.entries.last,
        rows: this.rows,
        types: this.#types,
        duties: this.#dutiesNow(),
      },
      revisions: revisions.map(
        ({ policy_id: policy, number, author, created_at: at, message, reason, ticket, digest }) => ({
          ...{ policy, number, author, at, message, reason, ticket, digest },
        }),
      ),
    };
  }

  /** Null when the rows do not fit together, as they would not after somebody altered them. */
  #dutiesNow(): readonly ReleaseDuties[] | null {
    if (this.#duties === undefined) {
      try {
        this.#duties = dutiesOf({
          releases: this.#all<ReleaseRow>('release').toSorted(byTime).toReversed(),
          revisions: this.#all<RevisionRow>('revision'),
          reviews: this.#all<ReviewRow>('review'),
          runs: this.#all<SimulationRunRow>('simulation_run'),
          lookedBack: this.#all<RetrospectiveReviewRow>('retrospective_review').toSorted(byTime),
        });
      } catch {
        this.#duties = null;
      }
    }
    return this.#duties;
  }

  /** INVARIANT: rows are added under the table they are of, and nobody asks for the texts that were left out. */
  #all<Row>(table: string): readonly Row[] {
    return (this.#kept.get(table) ?? []) as readonly Row[];
  }
}

const LONG = new Set(['text', 'timelines', 'result']);
const KEPT = new Set(['signing_key', 'revision', 'review', 'simulation_run', 'release', 'retrospective_review']);

/** By time; rows of one instant by their id, so that the order is the same on every database. */
function byTime(a: { created_at: number; id: string }, b: { created_at: number; id: string }): number {
  return a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}
