import type { HistoryFilter, HistoryPage } from '$lib/state/history-page.ts';
import { may } from '../person.ts';
import type { Store } from '../store/index.ts';
import { csvLine } from './csv.ts';
import { listEvents } from './events.ts';
import { beforeIn, eventFilter, filterIn } from './filter.ts';
import { tellerFor, type Asked, type House, type Teller } from './teller.ts';
import { tellEvents } from './told.ts';
import { utcText } from './utc-text.ts';

/** Entries on a page. */
const PAGE = 50;
/** Entries read at a time for a table of all. */
const AT_ONCE = 500;

/** A page of the log in words. Throws Refusal: no right to the whole log, no such policy, an address that says nothing. */
export async function historyPage(house: House, asked: Asked): Promise<HistoryPage> {
  const { filter, teller, policy } = await prepared(house, asked);
  const before = beforeIn(asked.query);
  const { events, next } = await listEvents(house.store, { ...eventFilter(filter), before, limit: PAGE });
  return {
    entries: await tellEvents(house.store, events, teller),
    ...{ next, newest: before === undefined, filter, choices: teller.choices, audits: may(asked.by, 'audit') },
    policy,
  };
}

/** All entries that the address asks for, newest first, as the lines of a CSV file. Throws as `historyPage`, at once. */
export async function historyTable(house: House, asked: Asked): Promise<AsyncGenerator<string>> {
  const { filter, teller } = await prepared(house, asked);
  return lines(house.store, filter, teller);
}

async function* lines(store: Store, filter: HistoryFilter, teller: Teller): AsyncGenerator<string> {
  // With the first entries, so that a store that cannot read them breaks before anything is sent.
  let head = csvLine(['seq', 'at', 'what', 'words', 'why', 'ticket', 'type', 'actor', 'subject', 'hash']);
  for (let before: number | null | undefined; before !== null;) {
    const { events, next } = await listEvents(store, { ...eventFilter(filter), before, limit: AT_ONCE });
    const told = await tellEvents(store, events, teller);
    const rows = events.map(({ seq, at, type, actor, subject, hash }, index) => {
      const { sentence = '', quote = null, why = null, ticket = null } = told[index] ?? {};
      return csvLine([seq, utcText(at), sentence, quote, why, ticket, type, actor, subject, hash]);
    });
    yield [head, ...rows].join('');
    head = '';
    before = next;
  }
}

async function prepared(house: House, asked: Asked) {
  const { teller, policy } = await tellerFor(house, asked);
  const filter = filterIn(asked.query);
  return { teller, policy, filter: policy === null ? filter : { ...filter, policy: policy.id } };
}
