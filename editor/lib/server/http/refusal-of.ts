import { http } from '$lib/words/http.ts';
import { Refusal } from '../refusal.ts';

/** What a store says in one kind of trouble: PostgreSQL and the file system by code, SQLite and the driver in words. */
interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly codes: RegExp;
  readonly words: RegExp;
}

const TROUBLES: readonly Trouble[] = [
  {
    code: 'store_full',
    message: http.storeFull,
    codes: /^(53100|53200|ENOSPC|EDQUOT|EFBIG)$/,
    words: /database or disk is full|could not extend file|No space left on device|File too large/i,
  },
  {
    code: 'store_unwritable',
    message: http.storeUnwritable,
    codes: /^(25006|58030|EACCES|EPERM|EROFS|EIO)$/,
    words: /readonly database|disk I\/O/i,
  },
  {
    // Starting, stopping, busy, out of connections, or not there.
    code: 'store_away',
    message: http.storeAway,
    codes:
      /^(08...|57P..|57014|55P03|25P0[34]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_\w+)$/,
    words:
      /database is locked|unable to open|Connection terminated|not queryable|timeout exceeded when trying to connect|connection timeout|timeout expired/i,
  },
];

/** An error as a refusal: our own as it is, a store that is full, away or cannot be written to as 503, anything else null. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const trouble = TROUBLES.find(({ codes, words }) => codes.test(code) || words.test(error.message));
  if (trouble !== undefined) return new Refusal(503, trouble.code, trouble.message);
  // A host with several addresses, none of which answers, fails with all that was tried.
  return error instanceof AggregateError ? refusalOf(error.errors[0]) : null;
}
