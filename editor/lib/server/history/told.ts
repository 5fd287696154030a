import type { RowReference } from 'latchkey/evidence';
import { kindOf } from '$lib/state/history-kinds.ts';
import type { HistoryEntry, HistoryTone } from '$lib/state/history-page.ts';
import * as words from '$lib/words/history-sentences.ts';
import type { Store } from '../store/index.ts';
import type { HistoryEvent } from './events.ts';
import { whatRowsSay, type Said } from './said.ts';
import type { Teller } from './teller.ts';

/** The entries in words, with what people wrote and the revisions it is about. */
export async function tellEvents(
  store: Pick<Store, 'db'>,
  events: readonly HistoryEvent[],
  teller: Teller,
): Promise<readonly HistoryEntry[]> {
  const mentioned = events.flatMap(({ data }) => textIn(data, 'revision') ?? []);
  const { said, revisions } = await whatRowsSay(
    store,
    events.flatMap(({ rows }) => rows),
    mentioned,
  );
  const keys = await keyNames(store, events);
  const keyOf = (id: string): string => words.appKey(keys.get(id) ?? id.slice(0, 8));
  const person = (id: string): string => {
    const key = after(id, 'app-key/');
    return key === null ? teller.person(id) : keyOf(key);
  };

  return events.map((event): HistoryEntry => {
    const { seq, at, type, actor, subject, data, rows, hash } = event;
    const from = rows.map((row) => said.get(placeOf(row)));
    const speaking = from.find((each) => hasText(each?.quote));
    const revision = textIn(data, 'revision') ?? from.find((each) => hasText(each?.revision))?.revision ?? '';
    const about = revisions.get(revision);
    const policy = after(subject, 'policy/');
    const environment = textIn(data, 'environment') ?? after(subject, 'environment/') ?? '';
    const emergency = isEmergency(type, data);
    const facts = {
      ...{ type, data },
      who: person(actor),
      whom: person(after(subject, 'person/') ?? actor),
      self: after(subject, 'person/') === actor,
      policy: policy === null ? '' : teller.policy(policy),
      environment: teller.environment(environment),
      number: about?.number ?? null,
      version: about?.version ?? null,
      key: keyOf(after(subject, 'app-key/') ?? ''),
    };
    return {
      ...{ seq, at, type, hash },
      kind: kindOf(type, emergency),
      tone: toneOf(type, data, emergency),
      sentence: words.sentenceOf(facts),
      quote: speaking?.quote ?? textIn(data, 'reason'),
      why: from.find((each) => hasText(each?.why))?.why ?? null,
      ticket: from.find((each) => hasText(each?.ticket))?.ticket ?? textIn(data, 'ticket'),
      policy: policy === null ? null : { id: policy, title: facts.policy },
      rows: rows.map((row) => ({ ...row, revision: placeIn(said.get(placeOf(row)), revisions) })),
    };
  });
}

function isEmergency(type: string, data: HistoryEvent['data']): boolean {
  return type === 'release.looked_back_at' || (type === 'release.published' && data['kind'] === 'break_glass');
}

function toneOf(type: string, data: HistoryEvent['data'], emergency: boolean): HistoryTone {
  if (emergency) return 'emergency';
  if (/\.(failed|throttled|plan_refused|approval_waived)$/.test(type) || data['approvalRequired'] === false) {
    return 'attention';
  }
  return kindOf(type, false) === 'people' ? 'access' : 'plain';
}

/** What app keys are called, by id. */
async function keyNames(
  { db }: Pick<Store, 'db'>,
  events: readonly HistoryEvent[],
): Promise<ReadonlyMap<string, string>> {
  const ids = events.flatMap(({ actor, subject }) => [after(actor, 'app-key/'), after(subject, 'app-key/')]);
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('app_key').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function placeIn(said: Said | undefined, revisions: Awaited<ReturnType<typeof whatRowsSay>>['revisions']) {
  const found = revisions.get(said?.revision ?? '');
  return found === undefined ? null : { policy: found.policy, number: found.number };
}

function placeOf({ table, key }: RowReference): string {
  return `${table}/${key}`;
}

function hasText(text: string | null | undefined): boolean {
  return text !== null && text !== undefined;
}

function after(text: string, start: string): string | null {
  return text.startsWith(start) ? text.slice(start.length) : null;
}

function textIn(data: HistoryEvent['data'], member: string): string | null {
  const value = data[member];
  return typeof value === 'string' && value !== '' ? value : null;
}
