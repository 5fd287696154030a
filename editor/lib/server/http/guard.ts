import { timingSafeEqual, createHash } from 'node:crypto';
import { http } from '$lib/words/http.ts';
import { requiresTwoFactor, type SignedIn } from '../accounts/index.ts';
import { may } from '../person.ts';
import { Refusal } from '../refusal.ts';
import { accessTo, type Access } from './access.ts';

/** A request, as far as it matters who may send it. */
export interface Asking {
  readonly method: string;
  readonly route: string | null;
  readonly search: string;
  readonly headers: Headers;
  readonly person: SignedIn | null;
}

/** What of the server matters for that. */
export interface House {
  readonly origin: string;
  readonly loopback: boolean;
  readonly metricsToken: string | undefined;
}

/** Where somebody who still lacks the second factor that their role needs may go. */
const WITHOUT_SECOND_FACTOR = /^\/(account|sign-in|help)/;

/** Throws Refusal unless this request may go on to its route. */
export function guard(asking: Asking, house: House): void {
  const { method, route, search, headers, person } = asking;
  demandOwnSite(asking, house);
  // Where there is no route there is nothing to guard: the answer is 404 for everybody, on a page for who reads pages.
  if (route === null && readsPages(headers)) return;
  const access = accessTo(method, route, search);
  if (access === null) throw new Refusal(404, 'nothing_here', http.notFound);
  if (access === 'anyone') return;
  if (access === 'operator' && holdsToken(headers, house.metricsToken)) return;
  if (person === null) throw new Refusal(401, 'signed_out', http.notSignedIn);
  if (!allowed(person, access)) throw new Refusal(403, 'not_allowed', http.notAllowed);
  const incomplete = requiresTwoFactor(person, house.loopback) && !person.twoFactor;
  if (incomplete && !WITHOUT_SECOND_FACTOR.test(route ?? '')) {
    throw new Refusal(403, 'second_factor_needed', http.secondFactorFirst);
  }
}

/** Throws Refusal when something would be changed by a page that is not ours; a browser says whose page it was. */
export function demandOwnSite(
  { method, headers }: Pick<Asking, 'method' | 'headers'>,
  { origin }: Pick<House, 'origin'>,
): void {
  if (method !== 'GET' && method !== 'HEAD' && headers.get('origin') !== origin) {
    throw new Refusal(403, 'other_origin', http.otherOrigin);
  }
}

/** Whether who asks wants to see a page, not to read an answer by program. */
export function readsPages(headers: Headers): boolean {
  return /text\/html/.test(headers.get('accept') ?? '');
}

function allowed(person: SignedIn, access: Exclude<Access, 'anyone'>): boolean {
  if (access === 'signed_in') return true;
  return may(person, access === 'operator' ? 'administer' : access);
}

function holdsToken(headers: Headers, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined || token === '' || given === undefined) return false;
  return timingSafeEqual(hash(given), hash(token));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
