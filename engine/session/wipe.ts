/** When data must go for good: only on proof, on the server's word or on the person's, and once. */
import type { Wipe, WipeTrigger } from '../policy.ts';
import { defined } from './defined.ts';
import type { AccountEvent } from './event.ts';
import { isAccountNotice } from './event-shape.ts';
import type { Occasion } from './occasion.ts';
import type { Account, DeviceState, Effect } from './session.ts';
import { subjectOf } from './state.ts';

/** What may call for a wipe: the event, if it was about this account, and how long ago the server is proven to have spoken. */
export interface Circumstances {
  readonly event: AccountEvent | null;
  readonly provenAge: number;
  readonly device: DeviceState;
  readonly at: Occasion;
}

export type WipeEffect = Extract<Effect, { type: 'wipe' }>;

/** The wipe that is due, if any. A policy's wipe is raised once between two sign-ins. */
export function wipeDue(account: Account, circumstances: Circumstances): WipeEffect | null {
  const { event, at } = circumstances;
  const { wipe } = at.program.policy;
  if (event?.type === 'sign-out' && event.mode === 'hard') {
    // The person asked for the whole account: a wipe of one tier before was not that.
    const whole = { scope: 'account', method: wipe?.method ?? 'cryptoShred' } as const;
    return account.wipeRaised === 'account' ? null : effect(account, whole, 'sign-out');
  }
  if (wipe === undefined || account.wipeRaised !== false) return null;
  for (const trigger of wipe.when) {
    const because = reasonFor(trigger, account, circumstances);
    if (because !== null) return effect(account, wipe, because);
  }
  return null;
}

function effect(account: Account, { scope, tier, method }: Omit<Wipe, 'when'>, because: string): WipeEffect {
  return defined({ type: 'wipe' as const, subject: subjectOf(account), scope, tier, method, because });
}

function reasonFor(trigger: WipeTrigger, account: Account, circumstances: Circumstances): string | null {
  const { event, provenAge } = circumstances;
  if ('event' in trigger) return event !== null && wordOf(event) === trigger.event ? trigger.event : null;
  if ('failedStepUps' in trigger) {
    const failed = event?.type === 'step-up' && event.result === 'failed';
    return failed && account.failedStepUps >= trigger.failedStepUps ? 'failedStepUps' : null;
  }
  if (provenAge > trigger.maxAge) return 'provenAge';
  return failedReauthentication(account, circumstances, trigger.maxAge) ? 'failedReauthentication' : null;
}

/** What the server said, in the word a policy lists; nothing a person or a device does can be listed. */
function wordOf(event: AccountEvent): string | null {
  if (event.type === 'token-refresh') return event.result === 'account_disabled' ? 'account-disabled' : null;
  return isAccountNotice(event) ? event.type : null;
}

/** The network is back, the session is overdue by trusted time, and the provider refuses it. */
function failedReauthentication(account: Account, { event, device, at }: Circumstances, maxAge: number): boolean {
  const refused =
    event?.type === 'token-refresh' && ['invalid', 'reuse_detected', 'account_disabled'].includes(event.result);
  return refused && device.connectivity === 'online' && at.now - account.lastConfirmedAt > maxAge;
}
