import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a database that can break. */
export interface Proxy {
  /** The database's address by this way. */
  readonly url: string;
  /** Breaks every connection, and takes no new one. */
  cut(): Promise<void>;
  /** Swallows whatever is sent either way, and breaks nothing. */
  stall(): void;
  /** Whole again: what was swallowed arrives. */
  restore(): Promise<void>;
}

/** Opens a way on a free loopback port to the database at `url`. */
export async function openProxy(url: string): Promise<Proxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let stalled = false;
  let port = 0;
  let server: Server | null = null;

  const add = (socket: Socket) => {
    sockets.add(socket);
    // An end that breaks says so to the other by closing.
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    if (stalled) socket.pause();
  };
  const join = (one: Socket, other: Socket) => {
    one.on('data', (bytes) => other.write(bytes));
    one.once('close', () => other.destroy());
  };
  const listen = async () => {
    server = createServer((near) => {
      const far = connect(Number(target.port || 5432), target.hostname);
      join(near, far);
      join(far, near);
      add(near);
      add(far);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };

  await listen();
  const near = new URL(url);
  near.host = `127.0.0.1:${port}`;
  return {
    url: near.href,
    async cut() {
      if (server === null) return;
      const closed = once(server, 'close');
      server.close();
      server = null;
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    async restore() {
      stalled = false;
      for (const socket of sockets) socket.resume();
      if (server === null) await listen();
    },
  };
}
