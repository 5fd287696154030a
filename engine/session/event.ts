/** What can happen to a session. Names follow CAEP and RISC where they have one. */
import type { Connectivity, Milliseconds, SensitivityLevel } from '../request.ts';

export interface TokenLifetimes {
  readonly accessLifetime: Milliseconds;
  readonly refreshIdle?: Milliseconds;
  readonly refreshAbsolute?: Milliseconds;
}

/** What the refresh attempt came to, already classified. Anything unknown is `transient`. */
export type RefreshResult =
  'ok' | 'transient' | 'invalid' | 'reuse_detected' | 'account_disabled' | 'configuration' | 'discarded';

export type SessionEvent =
  | {
      readonly type: 'session-established';
      readonly iss?: string;
      readonly sub: string;
      readonly tenant?: string;
      readonly amr: readonly string[];
      readonly acr?: string;
      readonly roles?: readonly string[];
      readonly scopes?: readonly string[];
      readonly tokens?: TokenLifetimes;
    }
  | { readonly type: 'token-refresh'; readonly result: RefreshResult; readonly tokens?: TokenLifetimes }
  | { readonly type: 'connectivity-change'; readonly to: Connectivity }
  | {
      readonly type: 'step-up';
      readonly result: 'ok' | 'failed' | 'cancelled';
      readonly amr: readonly string[];
      readonly persisted?: boolean;
    }
  | {
      readonly type: 'permission-snapshot';
      readonly roles?: readonly string[];
      readonly scopes?: readonly string[];
      readonly integrity: 'signed' | 'unsigned';
    }
  /** The wall clock is moved by `delta` ms (negative: back). Nothing in the session changes. */
  | { readonly type: 'clock-change'; readonly delta: Milliseconds }
  | { readonly type: 'sleep' }
  | { readonly type: 'wake' }
  | { readonly type: 'reboot' }
  | { readonly type: 'account-disabled' }
  | {
      readonly type: 'attempt';
      readonly capability: string;
      readonly resource?: { readonly type?: string; readonly id?: string; readonly sensitivity?: SensitivityLevel };
      readonly interactive?: boolean;
    };

export type SessionEventType = SessionEvent['type'];
