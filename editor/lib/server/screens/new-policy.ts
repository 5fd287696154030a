import { parse } from 'jsonc-parser';
import { badPolicyId } from '$lib/words/change-refusals.ts';
import { newPolicy as words } from '$lib/words/new-policy.ts';
import { demandKeepable, makePolicy } from '../changes/index.ts';
import { demandReadable } from '../draft-requests.ts';
import type { Person } from '../person.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { begun } from './templates.ts';

/** Makes a policy of a template; answers its id. Throws Refusal as `makePolicy`. */
export async function makeFromTemplate(
  store: Store,
  by: Person,
  wanted: { readonly template: string; readonly id: string; readonly title: string },
): Promise<string> {
  const id = wanted.id.trim();
  await makePolicy(store, by, { id, ...begun(wanted.template, { id, title: wanted.title }) });
  return id;
}

/** Makes a policy of a document, to the letter, under the id it has; answers that. Throws Refusal. */
export async function makeFromText(store: Store, by: Person, text: string): Promise<string> {
  demandKeepable(text, []);
  demandReadable(text);
  const document: unknown = parse(text);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Refusal(422, 'not_a_document', words.notADocument);
  }
  const id: unknown = 'id' in document ? document.id : undefined;
  if (typeof id !== 'string') throw new Refusal(422, 'bad_policy_id', `${words.noId} ${badPolicyId}`);
  await makePolicy(store, by, { id, text });
  return id;
}
