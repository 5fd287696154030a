import type { Store, Writing } from '../store/index.ts';

/** Runs one change; when it finds that there is nothing to do, and says so by null, nothing is written. */
export async function changeIfAny<T>(store: Store, work: (writing: Writing) => Promise<T | null>): Promise<T | null> {
  const nothing = new Error('nothing to do');
  try {
    return await store.write(async (writing) => {
      const result = await work(writing);
      if (result === null) throw nothing;
      return result;
    });
  } catch (error) {
    if (error === nothing) return null;
    throw error;
  }
}
