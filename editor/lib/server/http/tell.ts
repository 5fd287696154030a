import { problemPage } from '../problem-page.ts';
import { problemResponse } from '../problem.ts';
import type { Refusal } from '../refusal.ts';
import { accessTo } from './access.ts';
import { readsPages } from './guard.ts';

/** A request, as far as it matters how it is answered. */
export interface Told {
  readonly request: Request;
  readonly route: { readonly id: string | null };
  readonly url: URL;
  readonly isDataRequest: boolean;
}

/** A refusal in words for who reads pages, with a way back, and in problem details for every program. */
export function tell(refusal: Refusal, asked: Told, headers: Readonly<Record<string, string>> = {}): Response {
  const page = !asked.isDataRequest && readsPages(asked.request.headers);
  return page ? problemPage(refusal, wayBack(refusal, asked), headers) : problemResponse(refusal, headers);
}

/** The nearest page above an address, or the first one; null where no page of this server would open. */
function wayBack({ status }: Refusal, { route, url }: Told): string | null {
  if (status === 421) return null;
  const names = (route.id ?? '').split('/');
  const above = names.findLastIndex(
    (_name, end) => end > 1 && accessTo('GET', names.slice(0, end).join('/'), '') !== null,
  );
  return above === -1 ? '/' : url.pathname.split('/').slice(0, above).join('/');
}
