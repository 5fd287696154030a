/** The server's word on who is there: signing in, and refreshing. Both confirm, and a confirmation resets the clock. */
import { confirmClock, type ClockRecord } from '../clock/index.ts';
import { isInstant, type AccessTokenFacts, type Instant, type RefreshTokenFacts } from '../request.ts';
import { defined } from './defined.ts';
import type { SessionEstablished, TokenLifetimes, TokenRefresh } from './event.ts';
import { ignore, step, type Applied, type Occasion, type Scene, type Step } from './occasion.ts';
import { redated } from './redated.ts';
import type { Account, Ignored, Session } from './session.ts';
import { lock, needsSignIn, raise, sameSubject, subjectOf, withoutTokens, withUnsentRefreshToken } from './state.ts';

/** 1973-03-03. */
const EARLIEST: Instant = 100_000_000_000;

/**
 * Signs in: the account starts afresh and is selected, beside any account of another identity. Ignored,
 * and no confirmation, for a LOCKED account that was not enabled again, when the reading is unusable and when the server’s time is in seconds.
 */
export function establish(session: Session, event: SessionEstablished, at: Occasion): Applied {
  const index = session.accounts.findIndex((account) => sameSubject(account, event));
  const before = session.accounts[index];
  if (before?.authState === 'LOCKED' && !before.enabled)
    return { session, effects: [{ type: 'ignored', why: 'locked' }] };
  // Another account's offset is of the same wall clock and the same provider, so better than none.
  const clock = confirmed(before ?? session.accounts[session.selected], at);
  if (typeof clock === 'string') return { session, effects: [{ type: 'ignored', why: clock }] };
  const account = fresh(event, clock, at);
  const accounts = index < 0 ? [...session.accounts, account] : session.accounts.with(index, account);
  return { session: { ...session, accounts, selected: index < 0 ? accounts.length - 1 : index }, effects: [] };
}

/** What each result of a refresh does to the account. */
export function refresh(account: Account, event: TokenRefresh, scene: Scene): Step {
  switch (event.result) {
    case 'ok':
      return refreshed(account, event.tokens, scene);
    case 'invalid':
      return step(withUnsentRefreshToken(raise(account, 'REAUTH_REQUIRED', 'refreshRejected')));
    case 'reuse_detected':
      return step(withoutTokens(raise(account, 'REAUTH_REQUIRED', 'reuseDetected')), {
        type: 'security-event',
        subject: subjectOf(account),
        code: 'refresh_token_reuse_detected',
      });
    case 'account_disabled':
      return lock(account);
    case 'configuration':
    case 'discarded':
      return ignore(account, event.result);
    case 'transient':
    default:
      return step(raise(account, 'OFFLINE_STALE'));
  }
}

function refreshed(account: Account, tokens: TokenLifetimes | undefined, scene: Scene): Step {
  if (needsSignIn(account)) return ignore(account, 'discarded');
  const clock = confirmed(account, scene);
  if (typeof clock === 'string') return ignore(account, clock);
  const now = clock.confirmedAt;
  const idleExpiresAt = after(now, tokens?.refreshIdle) ?? account.refreshToken?.idleExpiresAt;
  return step({
    ...redated(account, { counted: scene.now, confirmed: now, tolerance: scene.program.policy.clock.tolerance }),
    authState: 'ACTIVE',
    lastConfirmedAt: now,
    accessToken: accessToken(now, tokens),
    // Rotation restarts the idle expiry; the absolute one is never extended.
    refreshToken: defined({ ...account.refreshToken, present: true, idleExpiresAt }),
    refreshUnsent: false,
    usage: unused(scene),
    narrowed: false,
    clock,
  });
}

function fresh(event: SessionEstablished, clock: ClockRecord, at: Occasion): Account {
  const now = clock.confirmedAt;
  return {
    ...subjectOf(event),
    ...defined({ acr: event.acr }),
    amr: event.amr,
    authState: 'ACTIVE',
    establishedAt: now,
    lastConfirmedAt: now,
    authTime: now,
    lastActivityAt: now,
    accessToken: accessToken(now, event.tokens),
    refreshToken: refreshToken(now, event.tokens),
    refreshUnsent: false,
    permissions: defined({ roles: event.roles, scopes: event.scopes, fetchedAt: now, integrity: 'signed' as const }),
    stepUps: [],
    usage: unused(at),
    failedStepUps: 0,
    enabled: false,
    wipeRaised: false,
    narrowed: false,
    clock,
  };
}

/** The record that a confirmation begins, or why it is none. */
function confirmed(account: Account | undefined, at: Occasion): ClockRecord | Ignored {
  const { reading, confirmedAt } = at;
  const record = confirmClock(reading, confirmedAt, account?.clock?.serverOffset ?? 0);
  if (record === null) return 'clock_unreadable';
  return isInSeconds(confirmedAt, record.wall0) ? 'not_milliseconds' : record;
}

/**
 * True of a server’s time in seconds, as tokens have it: in ms it would lie before 1973-03-03 for the next three thousand
 * years, where no server’s clock stands while the device’s own stands after it. Believed, it would put off every expiry.
 */
function isInSeconds(confirmedAt: unknown, wall: Instant): boolean {
  return isInstant(confirmedAt) && confirmedAt >= 0 && confirmedAt < EARLIEST && wall >= EARLIEST;
}

function accessToken(now: Instant, tokens: TokenLifetimes | undefined): AccessTokenFacts {
  return defined({ issuedAt: now, expiresAt: after(now, tokens?.accessLifetime), verified: true });
}

function refreshToken(now: Instant, tokens: TokenLifetimes | undefined): RefreshTokenFacts {
  if (tokens === undefined) return { present: false };
  return defined({
    present: true,
    idleExpiresAt: after(now, tokens.refreshIdle),
    absoluteExpiresAt: after(now, tokens.refreshAbsolute),
  });
}

function after(now: Instant, lifetime: number | undefined): Instant | undefined {
  return lifetime === undefined ? undefined : now + lifetime;
}

/** A counter that is absent is unknown, so each capability gets its 0. */
function unused({ program }: Occasion): Readonly<Record<string, number>> {
  return Object.fromEntries(program.policy.capabilities.map(({ id }) => [id, 0]));
}
