/** What a calendar costs: a capability that is open in the hours of one place, next to one that asks for an age. */
import { compile, permits, type Request } from 'latchkey';
import { load } from 'latchkey/load';
import { seeded } from './requests.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const END = Date.parse('2028-01-01T00:00:00Z');

const DOCUMENT = {
  language: 1,
  id: 'instants',
  version: 1,
  title: 'One schedule, one age',
  tiers: [
    {
      id: 'hours',
      sensitivity: 'internal',
      require: [
        {
          kind: 'schedule',
          timeZone: 'Europe/Berlin',
          windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '07:00', end: '19:00' }],
        },
      ],
    },
    {
      id: 'recent',
      sensitivity: 'internal',
      require: [{ kind: 'maxAge', of: 'serverConfirmation', limit: '365d' }],
    },
  ],
  capabilities: [
    { id: 'schedule', tier: 'hours', access: 'read' },
    { id: 'age', tier: 'recent', access: 'read' },
  ],
};

export type Instants = Readonly<Record<'schedule' | 'age', readonly Request[]>>;

/** All that is known besides the hour: the server was heard once, when the two years began. */
const KNOWN: Omit<Request, 'capability' | 'now'> = {
  clock: { state: 'ok', provenNow: START },
  connectivity: 'offline',
  session: {
    authState: 'ACTIVE',
    tenant: 'acme',
    sub: 'u-17',
    establishedAt: START,
    lastConfirmedAt: START,
    authTime: START,
    lastActivityAt: START,
    amr: ['pwd'],
  },
  refreshToken: { present: true },
  usage: {},
};

/** `count` requests for each of the two, at the same random instants over two years. */
export function instantRequests(count: number): Instants {
  const next = seeded(20_260_101);
  const times = Array.from({ length: count }, () => Math.floor(START + next() * (END - START)));
  const about = (capability: string) => times.map((now): Request => ({ capability, now, ...KNOWN }));
  return { schedule: about('schedule'), age: about('age') };
}

/** Whether the capability that a request names is permitted then. */
export function permitsAtInstant(): (request: Request) => boolean {
  const loaded = load(JSON.stringify(DOCUMENT));
  if (!loaded.ok) throw new TypeError(`the policy does not load: ${JSON.stringify(loaded.diagnostics)}`);
  const program = compile(loaded.value.policy);
  return (request) => permits(program, request);
}
