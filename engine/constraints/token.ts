/** `token`: the state of the access or refresh token; the access token's rule also serves `online`. */
import type { ReasonCode } from '../decision.ts';
import { accessTokenOf, past, reached, refreshTokenOf, type Facts } from '../facts.ts';
import { flag, type Owned } from '../own.ts';
import type { Token } from '../policy.ts';
import { isInstant, type Instant, type Milliseconds } from '../request.ts';
import { tell, tellTime, type Finding, type Rule } from './check.ts';
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
  const issuedAt = past(facts, token.issuedAt) ?? undefined;
  // Issued a little ahead reads as issued now: at most half of its life is margin, so it is not expiring yet.
  if (issuedAt !== undefined && !reached(facts, issuedAt)) return false;
  return reached(facts, expiringFrom(expiresAt, issuedAt, facts.program.policy.clock.expiryMargin));
}

/** Why the access token does not do; `fresh` asks for one that is not about to expire. */
export function testAccessToken(facts: Facts, fresh: boolean): ReasonCode | undefined {
  const token = accessTokenOf(facts);
  if (!token) return token === null ? 'fact_invalid' : 'token_not_fresh';
  const { expiresAt } = token;
  const verified = flag(token.verified);
  if (verified === null || (expiresAt !== undefined && !isInstant(expiresAt))) return 'fact_invalid';
  if (expiresAt === undefined) return 'token_not_fresh';
  if (reached(facts, expiresAt)) return fresh ? 'token_not_fresh' : 'token_expired';
  if (fresh && expiring(facts, token, expiresAt)) return 'token_not_fresh';
  if (verified === undefined) return 'token_unverifiable';
  return verified ? undefined : 'token_invalid';
}

/** When the access token expires and how long that is away. */
export function measureAccessToken(finding: Finding, facts: Facts): void {
  const expiresAt = accessTokenOf(facts)?.expiresAt;
  if (isInstant(expiresAt)) tellTime(finding, expiresAt, facts.now);
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
  const token = refreshTokenOf(facts);
  if (!token) return token === null ? 'fact_invalid' : 'reauth_required';
  const present = flag(token.present);
  if (present === null || !bounds(token).every(isInstant)) return 'fact_invalid';
  const passed = bounds(token).filter((at) => reached(facts, at as Instant));
  return present && passed.length === 0 ? undefined : 'reauth_required';
}

function measureRefreshable(finding: Finding, facts: Facts, code: ReasonCode | undefined): void {
  const detail = code === 'reauth_required' ? 'refreshTokenExpired' : undefined;
  const limit = Math.min(...bounds(refreshTokenOf(facts) ?? {}).filter(isInstant));
  if (limit === Infinity) tell(finding, undefined, undefined, detail);
  else tellTime(finding, limit, facts.now, detail);
}

export function compileToken({ is }: Token): Rule {
  return is === 'unexpired'
    ? { test: testUnexpired, measure: measureAccessToken }
    : { test: testRefreshable, measure: measureRefreshable };
}
