import { serverWords } from '$lib/words/server-command.ts';

/** Why a command or a start failed, as whoever typed it can act on; of anything unforeseen, all that is known. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code: unknown = Reflect.get(error, 'sqliteCodeName') ?? Reflect.get(error, 'code');
  // A connection that fails on every address of a host says so in a list, and nothing beside it.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const message = error.message === '' && first instanceof Error ? first.message : error.message;
  const wayOut = typeof code === 'string' ? serverWords.wayOut(code) : undefined;
  return wayOut === undefined ? message : `${message}. ${wayOut}`;
}
