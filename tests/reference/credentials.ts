/** The access token and the refresh token, checked in the order that section 6.1 numbers. */
import { boolean, instant, pastInstant, read, usable } from './facts.ts';
import { SATISFIED, together, unknown, unusable, violated, type Asked, type Verdict } from './verdict.ts';

export function accessToken(fresh: boolean, asked: Asked): Verdict {
  const { request, now } = asked;
  const expiresAt = instant(read(request, 'accessToken', 'expiresAt'));
  const verified = boolean(read(request, 'accessToken', 'verified'));
  if (expiresAt.is === 'ill' || verified.is === 'ill') return unknown('fact_invalid');
  if (expiresAt.is === 'missing') return unknown('token_not_fresh');
  if (now >= expiresAt.value) return violated(fresh ? 'token_not_fresh' : 'token_expired');
  if (fresh && now >= expiresAt.value - margin(expiresAt.value, asked)) return violated('token_not_fresh');
  if (verified.is === 'missing') return unknown('token_unverifiable');
  return verified.value ? SATISFIED : violated('token_invalid');
}

function margin(expiresAt: number, { request, now, tolerance, expiryMargin }: Asked): number {
  const issuedAt = usable(pastInstant(read(request, 'accessToken', 'issuedAt'), now, tolerance));
  if (issuedAt === undefined || issuedAt >= expiresAt) return expiryMargin;
  return Math.min(expiryMargin, Math.floor((expiresAt - issuedAt) / 2));
}

/** On writes every failure but an ill-typed fact leaves the capability read-only. */
export function readOnlyOnWrites(verdict: Verdict, { capability }: Asked): Verdict {
  if (verdict.is === 'satisfied' || verdict.code === 'fact_invalid' || capability.access === 'read') return verdict;
  return { is: verdict.is, code: 'read_only' };
}

export function refreshToken({ request, now }: Asked): Verdict {
  const gone = violated('reauth_required', 'refreshTokenExpired');
  const token = read(request, 'refreshToken');
  if (token.is === 'missing') return { ...gone, is: 'unknown' };
  const present = boolean(read(request, 'refreshToken', 'present'));
  const presence =
    present.is === 'ill' ? unusable(present) : present.is === 'known' && present.value ? SATISFIED : gone;
  const bounds = ['idleExpiresAt', 'absoluteExpiresAt'].map((name) => {
    const expiresAt = instant(read(request, 'refreshToken', name));
    if (expiresAt.is === 'missing') return SATISFIED;
    if (expiresAt.is === 'ill') return unusable(expiresAt);
    return now >= expiresAt.value ? gone : SATISFIED;
  });
  return together([presence, ...bounds]);
}
