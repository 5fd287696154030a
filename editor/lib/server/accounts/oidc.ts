/** The organisation’s own sign-in: OpenID Connect with explicit endpoints, from the environment. */
import { decodeJwt } from 'jose';
import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';
import { isLoopback } from '../loopback.ts';

/** A provider, as LATCHKEY_OIDC_… name it. */
export interface Provider {
  /** What its button says. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly userInfoUrl: string;
}

/** A provider as an administrator may see it: everything but the secret, and the address to register there. */
export type ShownProvider = Omit<Provider, 'clientSecret'> & { readonly callbackUrl: string };

/** Where the provider sends people back to; `origin` is the address people open. */
export const callbackUrl = (origin: string): string => `${origin}/api/auth/callback/${PROVIDER}`;

/** The one provider’s name at our addresses: `/api/auth/callback/oidc`. */
export const PROVIDER = 'oidc';

/** The provider the environment names; null when it names none. Throws RangeError when it is named in part. */
export function providerOf(env: Readonly<Record<string, string | undefined>>): Provider | null {
  const issuer = env['LATCHKEY_OIDC_ISSUER'];
  if (issuer === undefined || issuer === '') return null;
  return {
    name: env['LATCHKEY_OIDC_NAME'] ?? new URL(issuer).hostname,
    issuer,
    clientId: needed(env, 'LATCHKEY_OIDC_CLIENT_ID'),
    clientSecret: needed(env, 'LATCHKEY_OIDC_CLIENT_SECRET'),
    authorizationUrl: address(env, 'LATCHKEY_OIDC_AUTHORIZATION_URL'),
    tokenUrl: address(env, 'LATCHKEY_OIDC_TOKEN_URL'),
    userInfoUrl: address(env, 'LATCHKEY_OIDC_USERINFO_URL'),
  };
}

/** What may be shown of a provider; `origin` is the address people open. */
export function shownProvider({ clientSecret: _, ...provider }: Provider, origin: string): ShownProvider {
  return { ...provider, callbackUrl: callbackUrl(origin) };
}

function needed(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new RangeError(`LATCHKEY_OIDC_ISSUER is set, so ${name} must be too.`);
  return value;
}

function address(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = needed(env, name);
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.host))) return value;
  throw new RangeError(`${name} must be an https address (http only on this machine).`);
}

/**
 * The provider as the sign-in library wants it. Nobody joins by it: it lets in who has an account here, found by the
 * provider’s own id for them, or at first by an e-mail address that the provider says is theirs.
 */
export function genericProvider(provider: Provider): GenericOAuthConfig {
  return {
    providerId: PROVIDER,
    ...{ name: provider.name, clientId: provider.clientId, clientSecret: provider.clientSecret },
    ...{ authorizationUrl: provider.authorizationUrl, tokenUrl: provider.tokenUrl, userInfoUrl: provider.userInfoUrl },
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    disableSignUp: true,
    overrideUserInfo: false,
    accountSubject: ({ profile }) => String(profile['sub'] ?? ''),
    getUserInfo: async ({ idToken, accessToken }) => profileOf(provider, idToken, accessToken),
  };
}

/** What the provider says of somebody; null when its answers do not fit together. */
async function profileOf(provider: Provider, idToken: string | undefined, accessToken: string | undefined) {
  if (idToken === undefined || accessToken === undefined) return null;
  // It came straight from the provider's own address, so its signature adds nothing; whom it is for still matters.
  const claims = decodeJwt(idToken);
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== provider.issuer || !audience.includes(provider.clientId)) return null;
  if (claims.sub === undefined || claims.exp === undefined || claims.exp * 1000 <= Date.now()) return null;
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const response = await fetch(provider.userInfoUrl, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) return null;
  const info = (await response.json()) as Readonly<Record<string, unknown>>;
  if (info['sub'] !== claims.sub || typeof info['email'] !== 'string') return null;
  return { id: claims.sub, sub: claims.sub, email: info['email'], emailVerified: info['email_verified'] === true };
}
