import pino, { type Logger } from 'pino';

/** What must never stand in a log, wherever an object has it. */
const SECRETS = ['authorization', 'cookie', 'password', 'token', 'secret', 'code', 'text'];

/** Lines of JSON on standard error; `level` as pino names them. */
export function openLog(level: string): Logger {
  return pino(
    {
      level: pino.levels.values[level] === undefined && level !== 'silent' ? 'info' : level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '(left out)' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
