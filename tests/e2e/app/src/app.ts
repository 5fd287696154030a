/** Work orders: three things a technician may do, decided on the device with or without a network. */
import { compile, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { Access, type Answer } from './access.ts';
import { addLine, drawLine, element, say, wordsFor } from './board.ts';
import { connectivity, readDevice } from './device.ts';
import { send, signIn } from './server.ts';
import { openStore } from './store.ts';

const LABELS = {
  'work_order.view': 'View the order',
  'work_order.note': 'Add a note',
  'work_order.complete': 'Mark complete',
};
/** A longer delay overflows and fires at once. */
const LONGEST_DELAY = 2 ** 31 - 1;

async function readPolicy(): Promise<Program> {
  const response = await fetch('policy.json');
  const loaded = load(await response.text());
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
  return compile(loaded.value.policy);
}

const store = await openStore();
const access = new Access(await readPolicy(), await store.session(), readDevice);
let timer: ReturnType<typeof setTimeout> | undefined;
let saving = 0;

async function save(): Promise<void> {
  saving += 1;
  say('saved', 'saving');
  await store.keep(access.session);
  saving -= 1;
  if (saving === 0) say('saved', 'saved');
}

/** Decides everything anew, from one look at the clock, and again when the first of the answers may lapse. */
function refresh(): void {
  const clock = access.look();
  const lapses = Object.keys(LABELS).map((capability) => {
    const answer = access.ask(capability, clock);
    drawLine(capability, answer);
    return answer.decision.validUntil ?? Infinity;
  });
  say('clock', clock.state);
  clearTimeout(timer);
  const delay = Math.min(...lapses) - clock.now;
  if (delay < Infinity) timer = setTimeout(refresh, Math.max(0, Math.min(delay, LONGEST_DELAY)));
  void save();
}

/** Does what was permitted, and what it obliges to. */
async function carryOut(capability: string, { decision }: Answer, at: number): Promise<string> {
  const obligations = decision.obligations.map(({ type }) => type);
  if (capability === 'work_order.view')
    return obligations.includes('readOnly') ? 'Here is the order, to read only' : 'Here is the order';
  if (obligations.includes('enqueue')) {
    await store.enqueue({ capability, at });
    return 'Kept until there is a network';
  }
  await send(capability);
  return 'Sent';
}

/** The answer on the screen may be old: what counts is the one given at the moment of the act. */
async function attempt(capability: string): Promise<void> {
  const clock = access.look();
  const answer = access.ask(capability, clock);
  if (answer.permitted) {
    say('news', await carryOut(capability, answer, clock.now));
    access.tell({ type: 'attempt', capability });
  } else {
    say('news', wordsFor(answer));
  }
  await showQueue();
  refresh();
}

async function showQueue(): Promise<void> {
  say('queue', String(await store.waiting()));
}

function followNetwork(): void {
  access.tell({ type: 'connectivity-change', to: connectivity() });
  refresh();
}

/** What fails is said, not lost. */
function reporting(act: () => Promise<void>): () => void {
  return () => {
    act().catch((error: unknown) => say('news', error instanceof Error ? error.message : String(error)));
  };
}

element('sign-in').addEventListener(
  'click',
  reporting(async () => {
    const { event, confirmedAt } = await signIn();
    access.tell(event, { confirmedAt });
    refresh();
  }),
);
element('unlock').addEventListener('click', () => {
  access.tell({ type: 'step-up', result: 'ok', amr: ['pin'] });
  refresh();
});
for (const [capability, label] of Object.entries(LABELS))
  addLine(
    capability,
    label,
    reporting(() => attempt(capability)),
  );
addEventListener('online', followNetwork);
addEventListener('offline', followNetwork);
// A timer may sleep with the page; coming back into view decides anew whatever it did.
document.addEventListener('visibilitychange', refresh);

// See device.ts: a proof of presence does not outlive this page.
access.tell({ type: 'reboot' });
followNetwork();
await showQueue();
await navigator.serviceWorker.register('service-worker.js');
await navigator.serviceWorker.ready;
say('installed', 'ready');
