import { Socket } from 'node:net';
import { PostgresDialect, PostgresDriver, type DatabaseConnection, type Driver } from 'kysely';
import { Pool, TypeOverrides } from 'pg';

/** PostgreSQL's 64-bit integers; ours stay far below 2⁵³. */
const INT8 = 20;

/** How long PostgreSQL may work on a statement, and wait for the next one of a transaction, in milliseconds. */
export const PATIENCE = 30_000;
/** A connection in use that has said nothing for so long is dead: by then PostgreSQL would have given up by itself. */
export const SILENCE = 40_000;

const OPTIONS = [
  'synchronous_commit=on',
  'timezone=UTC',
  `statement_timeout=${PATIENCE}`,
  // A node that vanished in the middle of a change holds up the others no longer than this.
  `idle_in_transaction_session_timeout=${PATIENCE}`,
];

/** A dialect over a pool whose every COMMIT waits for the disk, whatever the server's default. Nothing connects before it is used. */
export function openPostgres(url: string): PostgresDialect {
  return new PoolDialect({ pool: openPool(url) });
}

function openPool(url: string): Pool {
  const types = new TypeOverrides();
  types.setTypeParser(INT8, Number);
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    options: OPTIONS.map((option) => `-c ${option}`).join(' '),
    application_name: 'latchkey',
    types,
    stream: openSocket,
  });
  // A connection that breaks is replaced at the next query, and a query that is under way is told; unheard by anybody,
  // the break would end the process. The pool listens while a connection is idle, we while it is in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A network that swallows everything breaks no connection by itself. */
function openSocket(): Socket {
  const socket = new Socket();
  return socket.setTimeout(SILENCE, () => {
    socket.destroy(Object.assign(new Error('The database has stopped answering.'), { code: 'ETIMEDOUT' }));
  });
}

class PoolDialect extends PostgresDialect {
  readonly #config: ConstructorParameters<typeof PostgresDriver>[0];

  constructor(config: ConstructorParameters<typeof PostgresDriver>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new PoolDriver(this.#config);
  }
}

class PoolDriver extends PostgresDriver {
  /** What broke the change is thrown, not that a broken connection cannot be told to roll back: PostgreSQL does so by itself. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}
