import { http } from '$lib/words/http.ts';
import { Refusal } from '../refusal.ts';

/** What databases say when they are full: SQLite by text or number, PostgreSQL and the file system by code. */
const FULL = new Set(['53100', '53200', 'ENOSPC', 'EDQUOT', 'EFBIG']);
/** … and when they are away, starting, stopping, busy or read-only. */
const AWAY = /^(08|57P|55P03|25006|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EACCES|EROFS)/;

/** An error as a refusal: our own as it is, a database that is full or away as 503, anything else null. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (FULL.has(code) || /database or disk is full/i.test(error.message)) {
    return new Refusal(503, 'store_full', http.storeFull);
  }
  if (
    AWAY.test(code) ||
    /database is locked|readonly database|unable to open|disk I\/O|Connection terminated|timeout exceeded when trying to connect|connection timeout/i.test(
      error.message,
    )
  ) {
    return new Refusal(503, 'store_away', http.storeAway);
  }
  return null;
}
