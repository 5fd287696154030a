import type { Refusal } from '../refusal.ts';
import { answers, type Store } from '../store/index.ts';
import { refusalOf } from './refusal-of.ts';

/** What the store says for itself after something else failed: a library in between may keep why. Null when it answers. */
export async function storeTrouble(store: Pick<Store, 'db'>): Promise<Refusal | null> {
  try {
    await answers(store);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}
