import { Pool, TypeOverrides } from 'pg';

/** PostgreSQL's 64-bit integers; ours stay far below 2⁵³. */
const INT8 = 20;

/** A pool whose every COMMIT waits for the disk, whatever the server's default. Nothing connects before it is used. */
export function openPostgres(url: string): Pool {
  const types = new TypeOverrides();
  types.setTypeParser(INT8, Number);
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    options: '-c synchronous_commit=on -c timezone=UTC -c statement_timeout=30000',
    application_name: 'latchkey',
    types,
  });
  // An idle connection that breaks is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => undefined);
  return pool;
}
