import { http } from '$lib/words/http.ts';
import type { SignedIn } from '../accounts/index.ts';
import { Refusal } from '../refusal.ts';

/** Who asks, where the guard lets nobody else in. Throws Refusal 401 when it is nobody after all. */
export function signedIn({ person }: { readonly person: SignedIn | null }): SignedIn {
  if (person === null) throw new Refusal(401, 'signed_out', http.notSignedIn);
  return person;
}
