import { Refusal } from '../refusal.ts';

/** What the work gives, or the refusal that it throws; anything else is thrown on. */
export async function orRefusal<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
