/** Events that the server sends of its own accord: whom they are about, and whether they come late or twice. */
import { isObject } from '../own.ts';
import { isInstant } from '../request.ts';
import type { ServerEvent, SessionEvent } from './event.ts';
import { isServerEvent } from './event-shape.ts';
import type { Ignored, Session } from './session.ts';

/** The place of the account an event is about (-1: nobody is there), or why it comes to nothing. */
export type Receipt = { readonly to: number } | { readonly why: Ignored };

/** Everything the server did not send is about the selected account. */
export function receive(session: Session, event: SessionEvent): Receipt {
  if (!isServerEvent(event)) return { to: session.selected };
  if (event.jti !== undefined && session.device.seenJti.includes(event.jti)) return { why: 'seen_before' };
  const to = addressee(session, event);
  if (to === null) return { why: 'subject_mismatch' };
  const account = session.accounts[to];
  // A time ahead counts as the time of receipt, which lies after the sign-in as well.
  const stale =
    account !== undefined && isInstant(event.eventTimestamp) && event.eventTimestamp < account.establishedAt;
  return stale ? { why: 'older_than_sign_in' } : { to };
}

/** The session with an applied event's identifier kept, so that it is applied once. */
export function remember(session: Session, event: SessionEvent): Session {
  if (!isServerEvent(event) || typeof event.jti !== 'string') return session;
  return { ...session, device: { ...session.device, seenJti: [...session.device.seenJti, event.jti] } };
}

const IDENTITY = ['iss', 'tenant', 'sub'] as const;

function addressee(session: Session, { subject }: ServerEvent): number | null {
  if (subject === undefined) return session.selected;
  if (!isObject(subject) || Object.keys(subject).some((key) => !IDENTITY.some((known) => known === key))) return null;
  const to = session.accounts.findIndex((account) => IDENTITY.every((key) => account[key] === subject[key]));
  return to < 0 ? null : to;
}
