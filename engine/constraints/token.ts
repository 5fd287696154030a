/** `token`: the state of the access or refresh token; the access token's rule also serves `online`. */
import type { ReasonCode } from '../decision.ts';
import { flag, isInstant, type Facts, type Owned } from '../facts.ts';
import type { Token } from '../policy.ts';
import type { Instant, Milliseconds } from '../request.ts';
import { against, type Finding, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeToken(written: Written<Token>, path: string): Token {
  return { kind: 'token', path, is: written.is };
}

/** From when a token that expires at `expiresAt` counts as expiring; a token of unknown age gets the whole margin. */
export function expiringFrom(expiresAt: Instant, issuedAt: Instant | undefined, margin: Milliseconds): Instant {
  if (issuedAt === undefined || issuedAt >= expiresAt) return expiresAt - margin;
  return expiresAt - Math.min(margin, Math.floor((expiresAt - issuedAt) / 2));
}

/** True once the access token is so close to `expiresAt` that `fresh` no longer accepts it. */
export function expiring(facts: Facts, token: Owned, expiresAt: Instant): boolean {
  // Only evidence that can help: an unusable issue time is as good as none.
  const issuedAt = facts.past(token.issuedAt) ?? undefined;
  // Issued a little ahead reads as issued now: at most half of its life is margin, so it is not expiring yet.
  if (issuedAt !== undefined && !facts.reached(issuedAt)) return false;
  return facts.reached(expiringFrom(expiresAt, issuedAt, facts.margins.expiryMargin));
}

/** Why the access token does not do; `fresh` asks for one that is not about to expire. */
export function testAccessToken(facts: Facts, fresh: boolean): ReasonCode | undefined {
  const token = facts.accessToken;
  if (!token) return token === null ? 'fact_invalid' : 'token_not_fresh';
  const { expiresAt } = token;
  const verified = flag(token.verified);
  if (verified === null || (expiresAt !== undefined && !isInstant(expiresAt))) return 'fact_invalid';
  if (expiresAt === undefined) return 'token_not_fresh';
  if (facts.reached(expiresAt)) return fresh ? 'token_not_fresh' : 'token_expired';
  if (fresh && expiring(facts, token, expiresAt)) return 'token_not_fresh';
  if (verified === undefined) return 'token_unverifiable';
  return verified ? undefined : 'token_invalid';
}

/** When the access token expires and how long that is away. */
export function measureAccessToken(facts: Facts): Finding {
  const expiresAt = facts.accessToken?.expiresAt;
  if (!isInstant(expiresAt)) return {};
  return against(expiresAt, facts.now);
}

function testUnexpired(facts: Facts): ReasonCode | undefined {
  const code = testAccessToken(facts, false);
  return code === undefined || code === 'fact_invalid' || facts.asked?.access === 'read' ? code : 'read_only';
}

/** When the refresh token ends; an expiry that is not given is no bound. */
function bounds(token: Owned): readonly unknown[] {
  return [token.idleExpiresAt, token.absoluteExpiresAt].filter((each) => each !== undefined);
}

function testRefreshable(facts: Facts): ReasonCode | undefined {
  const token = facts.refreshToken;
  if (!token) return token === null ? 'fact_invalid' : 'reauth_required';
  const present = flag(token.present);
  if (present === null || !bounds(token).every(isInstant)) return 'fact_invalid';
  const passed = bounds(token).filter((at) => facts.reached(at as Instant));
  return present && passed.length === 0 ? undefined : 'reauth_required';
}

function measureRefreshable(facts: Facts, code: ReasonCode | undefined): Finding {
  const detail = code === 'reauth_required' ? { detail: 'refreshTokenExpired' as const } : {};
  const limit = Math.min(...bounds(facts.refreshToken ?? {}).filter(isInstant));
  return limit === Infinity ? detail : { ...detail, ...against(limit, facts.now) };
}

export function compileToken({ is }: Token): Rule {
  return is === 'unexpired'
    ? { test: testUnexpired, measure: measureAccessToken }
    : { test: testRefreshable, measure: measureRefreshable };
}
