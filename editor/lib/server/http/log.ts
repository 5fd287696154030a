import pino, { type DestinationStream, type Logger } from 'pino';

/** What must never stand in a log, wherever an object has it. */
const SECRETS = ['authorization', 'cookie', 'password', 'token', 'secret', 'code', 'text'];

/** Standard error, written before anything else happens: a server that dies has said why. */
const standardError = (): DestinationStream => pino.destination({ dest: 2, sync: true });

/** Lines of JSON on standard error; `level` as pino names them. */
export function openLog(level: string, destination = standardError()): Logger {
  return pino(
    {
      level: pino.levels.values[level] === undefined && level !== 'silent' ? 'info' : level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: told },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '(left out)' },
    },
    destination,
  );
}

/** Of an error what finds its cause. A database adds the row that it refused, with whatever somebody typed or is. */
function told(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return { type: name, message, stack, ...(typeof code === 'string' ? { errorCode: code } : {}) };
}
