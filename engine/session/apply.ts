/** Session × event → session and effects. Pure and total: what is no event changes nothing. */
import { attempt } from './attempt.ts';
import { establish, refresh } from './authenticate.ts';
import { onDevice } from './device.ts';
import type { AccountEvent, SessionEvent } from './event.ts';
import { isDeviceEvent, isSessionEvent } from './event-shape.ts';
import { notice } from './notices.ts';
import { step, type Applied, type Occasion, type Scene, type Step } from './occasion.ts';
import { snapshot } from './permissions.ts';
import { activity, stepUp } from './proofs.ts';
import { receive, remember } from './receive.ts';
import type { Account, Effect, Ignored, Session } from './session.ts';
import { signOut } from './sign-out.ts';
import { sameSubject } from './state.ts';
import { wipeDue } from './wipe.ts';

/** What an event did, before anyone asks whether data must be wiped for it. */
interface Happened extends Applied {
  /** Absent when it was about no account or came to nothing. */
  readonly about?: { readonly place: number; readonly event: AccountEvent };
}

/**
 * Applies one event. `at` is one sample of time; bring the clock records up to date with `readSession`
 * first. Never throws: an event that is malformed, late, repeated or out of place is `ignored`.
 */
export function apply(session: Session, event: SessionEvent, at: Occasion): Applied {
  const happened = isSessionEvent(event) ? happen(session, event, at) : ignored(session, 'malformed');
  const wiped = raiseWipes(session, happened, at);
  if (wiped.session === session) return wiped;
  return { session: wiped.session, effects: [...wiped.effects, { type: 'persist' }] };
}

function happen(session: Session, event: SessionEvent, at: Occasion): Happened {
  const receipt = receive(session, event);
  if ('why' in receipt) return ignored(session, receipt.why);
  if (isDeviceEvent(event)) return { session: remember(onDevice(session, event), event), effects: [] };
  if (event.type === 'session-established') return establish(session, event, at);
  if (event.type === 'account-switch') {
    const selected = session.accounts.findIndex((account) => sameSubject(account, event.to));
    return selected < 0 ? ignored(session, 'unknown_account') : { session: select(session, selected), effects: [] };
  }
  return happenTo(session, receipt.to, event, at);
}

function happenTo(session: Session, to: number, event: AccountEvent, at: Occasion): Happened {
  const account = session.accounts[to];
  if (account === undefined) return ignored(session, 'no_session');
  const { account: next, effects } = onAccount(account, event, { ...at, device: session.device });
  if (effects.some((effect) => effect.type === 'ignored')) return { session, effects };
  return { session: remember(replace(session, to, next), event), effects, about: { place: to, event } };
}

function onAccount(account: Account, event: AccountEvent, scene: Scene): Step {
  switch (event.type) {
    case 'token-refresh':
      return refresh(account, event, scene);
    case 'step-up':
      return stepUp(account, event, scene);
    case 'user-activity':
      return activity(account, scene);
    case 'permission-snapshot':
      return snapshot(account, event, scene);
    case 'attempt':
      return attempt(account, event, scene);
    case 'sign-out':
      return signOut(account, event);
    case 'session-presented':
    case 'other-sign-in':
    case 'command-enqueue':
    case 'command-execute':
    case 'command-result':
      return step(account);
    default:
      return notice(account, event);
  }
}

/** Looks at every kept account: time passes for those that are not selected too. */
function raiseWipes(before: Session, { about, ...happened }: Happened, at: Occasion): Applied {
  const selected = before.accounts[before.selected];
  let { session } = happened;
  const effects: Effect[] = [...happened.effects];
  session.accounts.forEach((account, place) => {
    const event = place === about?.place ? about.event : null;
    const provenAge = account.clock === selected?.clock ? provenSince(account, at) : (account.clock?.proven ?? 0);
    const wipe = wipeDue(account, { event, provenAge, device: session.device, at });
    if (wipe === null) return;
    effects.push(wipe);
    session = replace(session, place, { ...account, wipeRaised: wipe.scope });
  });
  return { session, effects };
}

/** `provenNow` was read for the account selected until now; without it nothing is proven. */
function provenSince(account: Account, { provenNow }: Occasion): number {
  return provenNow === undefined ? 0 : provenNow - account.lastConfirmedAt;
}

function replace(session: Session, place: number, account: Account): Session {
  if (session.accounts[place] === account) return session;
  return { ...session, accounts: session.accounts.with(place, account) };
}

function select(session: Session, selected: number): Session {
  return selected === session.selected ? session : { ...session, selected };
}

function ignored(session: Session, why: Ignored): Applied {
  return { session, effects: [{ type: 'ignored', why }] };
}
