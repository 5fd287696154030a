import type { RowReference } from 'latchkey/evidence';
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { AuditEventRow, Store, Tables } from '../store/index.ts';

type Reading = Pick<Store, 'db' | 'log' | 'kind'>;
type Builder = ExpressionBuilder<Tables, 'audit_event'>;

/** Which entries of the log are asked for. What is absent does not narrow. */
export interface EventFilter {
  /** A policy’s id: whatever happened to it. */
  readonly policy?: string | undefined;
  readonly actor?: string | undefined;
  /** Such as `release.published`; with `release.` at its end, all that begin so. */
  readonly type?: string | undefined;
  /** Any of these, each written as `type`. */
  readonly types?: readonly string[] | undefined;
  /** Publishes that waited for no approval, and the looks back at them. */
  readonly emergencies?: boolean | undefined;
  /** An environment’s id: what is about it, and what happened in it. */
  readonly environment?: string | undefined;
  /** Unix milliseconds, included. */
  readonly from?: number | undefined;
  /** Unix milliseconds, not included. */
  readonly to?: number | undefined;
  /** Only entries before this `seq`: the `next` of the page above. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** An entry as people read it. */
export interface HistoryEvent {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly actor: string;
  readonly subject: string;
  /** What it says besides, without the rows. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The rows of evidence that came of it. */
  readonly rows: readonly RowReference[];
  readonly hash: string;
}

export interface EventPage {
  /** Newest first. */
  readonly events: readonly HistoryEvent[];
  /** `before` of the next page; null at the beginning of the log. */
  readonly next: number | null;
}

/** Nobody reads more at once; an export is for the rest. */
const MOST = 500;

/** A page of the log, newest first. Entries written meanwhile do not shift the next page. */
export async function listEvents(store: Reading, filter: EventFilter): Promise<EventPage> {
  const limit = Math.min(Math.max(Math.trunc(filter.limit), 1), MOST);
  const found = await store.db
    .selectFrom('audit_event')
    .selectAll()
    .where('log', '=', store.log)
    .where((where) => where.and(conditions(where, store.kind, filter)))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const events = found.slice(0, limit).map(readable);
  return { events, next: found.length > limit ? (events.at(-1)?.seq ?? null) : null };
}

function conditions(where: Builder, kind: Store['kind'], filter: EventFilter): Expression<SqlBool>[] {
  const { policy, actor, type, types, emergencies, environment, from, to, before } = filter;
  return [
    ...(before === undefined ? [] : [where('seq', '<', before)]),
    ...(policy === undefined ? [] : [where('subject', '=', `policy/${policy}`)]),
    ...(actor === undefined ? [] : [where('actor', '=', actor)]),
    ...(type === undefined ? [] : [typed(where, type)]),
    ...(types === undefined ? [] : [where.or(types.map((each) => typed(where, each)))]),
    ...(emergencies === true ? [anEmergency(where, kind)] : []),
    ...(from === undefined ? [] : [where('at', '>=', from)]),
    ...(to === undefined ? [] : [where('at', '<', to)]),
    ...(environment === undefined ? [] : [inEnvironment(where, kind, environment)]),
  ];
}

/** A range and not a pattern, so that the index answers. */
function typed(where: Builder, type: string): Expression<SqlBool> {
  if (!type.endsWith('.')) return where('type', '=', type);
  return where.and([where('type', '>', type), where('type', '<', `${type.slice(0, -1)}/`)]);
}

/** What is about the environment, or says that it happened there. */
function inEnvironment(where: Builder, kind: Store['kind'], environment: string): Expression<SqlBool> {
  return where.or([where('subject', '=', `environment/${environment}`), says(kind, 'environment', environment)]);
}

function anEmergency(where: Builder, kind: Store['kind']): Expression<SqlBool> {
  const published = where.and([where('type', '=', 'release.published'), says(kind, 'kind', 'break_glass')]);
  return where.or([where('type', '=', 'release.looked_back_at'), published]);
}

/** Canonical JSON has one way to write a member, and a quote within a text is escaped: no text can pretend to be one. */
function says(kind: Store['kind'], member: string, value: string): Expression<SqlBool> {
  const written = `${JSON.stringify(member)}:${JSON.stringify(value)}`;
  const found = sql.raw<number>(kind === 'sqlite' ? 'instr' : 'strpos');
  return sql<SqlBool>`${found}(data, ${written}) > 0`;
}

function readable({ seq, at, type, actor, subject, data, entry_hash: hash }: AuditEventRow): HistoryEvent {
  const { rows = [], ...rest } = JSON.parse(data) as { rows?: readonly RowReference[] };
  return { seq, at, type, actor, subject, data: rest, rows, hash };
}
