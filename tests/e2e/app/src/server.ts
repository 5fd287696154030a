/** The app's own server, over its own origin. */
import type { SessionEvent } from 'latchkey/session';

export interface SignedIn {
  readonly event: SessionEvent;
  /** The server's time when it answered. */
  readonly confirmedAt: number;
}

export async function signIn(): Promise<SignedIn> {
  const response = await fetch('sign-in', { method: 'POST' });
  if (!response.ok) throw new Error('the server did not sign anybody in');
  return (await response.json()) as SignedIn;
}

export async function send(capability: string): Promise<void> {
  const response = await fetch('commands', { method: 'POST', body: JSON.stringify({ capability }) });
  if (!response.ok) throw new Error('the server did not take the command');
}
