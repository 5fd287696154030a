import { kindNamed, TYPES_OF } from '$lib/state/history-kinds.ts';
import type { HistoryFilter } from '$lib/state/history-page.ts';
import { history as words } from '$lib/words/history.ts';
import { Refusal } from '../refusal.ts';
import type { EventFilter } from './events.ts';

/** The filter that an address asks for. Throws Refusal 400 when it cannot be read. */
export function filterIn(query: URLSearchParams): HistoryFilter {
  const text = (name: string): string | undefined => {
    const value = query.get(name)?.trim() ?? '';
    return value === '' ? undefined : value;
  };
  const kind = text('kind');
  if (kind !== undefined && kindNamed(kind) === undefined) throw refused(words.wrongKind(kind));
  return {
    ...{ policy: text('policy'), person: text('person'), environment: text('environment') },
    kind: kindNamed(kind ?? ''),
    ...{ from: instantIn(query, 'from'), to: instantIn(query, 'to') },
  };
}

/** An instant in an address, as Unix milliseconds; undefined when there is none. Throws Refusal 400. */
export function instantIn(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name)?.trim() ?? '';
  if (value === '') return undefined;
  // Without a zone it is UTC: the server does not know where its reader sits.
  const zoned = /(Z|[+-]\d{2}:\d{2})$/.test(value) || !value.includes('T') ? value : `${value}Z`;
  const at = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(at)) throw refused(words.wrongInstant(name, value));
  return at;
}

/** The page that an address asks for. Throws Refusal 400. */
export function beforeIn(query: URLSearchParams): number | undefined {
  const value = query.get('before') ?? '';
  if (value === '') return undefined;
  if (!/^[1-9]\d{0,14}$/.test(value)) throw refused(words.wrongPage);
  return Number(value);
}

/** The same as the log is asked. */
export function eventFilter(filter: HistoryFilter): Omit<EventFilter, 'limit' | 'before'> {
  const { policy, person: actor, kind, environment, from, to } = filter;
  return {
    ...{ policy, actor, environment, from, to },
    ...(kind === 'emergencies' ? { emergencies: true } : {}),
    ...(kind === undefined || kind === 'emergencies' ? {} : { types: TYPES_OF[kind] }),
  };
}

function refused(message: string): Refusal {
  return new Refusal(400, 'address_wrong', message);
}
