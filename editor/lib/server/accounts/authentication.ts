/** The sign-in library on the store: sessions, passwords and second factors, in our tables. */
import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Store } from '../store/index.ts';
import { roleOf } from './allowed.ts';
import { PASSWORD_LENGTH } from './identity.ts';
import { linkProvider } from './link-provider.ts';
import { genericProvider, PROVIDER, type Provider } from './oidc.ts';

/** Where its endpoints are, below the origin. */
export const BASE_PATH = '/api/auth';

/** The request header that holds the address a request came from: set by us on every request, whatever a client sent. */
export const ADDRESS_HEADER = 'x-latchkey-address';

export const COOKIE_PREFIX = 'latchkey';

/** How long a sign-in lasts, in seconds: a working day. It is not prolonged by use. */
const SESSION = 12 * 60 * 60;

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

/** What the library is given. */
export interface AuthenticationOptions {
  readonly store: Store;
  readonly secret: string;
  /** Such as `https://latchkey.example.org`. */
  readonly origin: string;
  readonly provider: Provider | null;
}

/** The library, set up. */
export type Authentication = ReturnType<typeof openAuthentication>;

/** How somebody came in, by the endpoint that let them: `code` when a second factor was proved after the password. */
export type Method = 'provider' | 'code' | 'password';

function methodOf(path = ''): Method {
  if (path.startsWith('/callback/')) return 'provider';
  return path.startsWith('/two-factor/verify-') ? 'code' : 'password';
}

export function openAuthentication({ store, secret, origin, provider }: AuthenticationOptions) {
  return betterAuth({
    appName: 'Latchkey',
    baseURL: origin,
    basePath: BASE_PATH,
    trustedOrigins: [origin],
    secret,
    database: { db: store.db, type: store.kind },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // What breaks down is thrown, for our log to tell: the library would print it whole, with what somebody typed.
    onAPIError: { errorURL: `${origin}/sign-in`, throw: true },
    // Attempts are counted by account too, and only those that fail: see attempts.ts.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    user: { modelName: 'person', fields: { emailVerified: 'email_verified', ...TIMES } },
    session: {
      modelName: 'login_session',
      fields: { userId: 'person_id', ipAddress: 'address', userAgent: 'agent', expiresAt: 'expires_at', ...TIMES },
      additionalFields: { method: { type: 'string', required: false, input: false } },
      expiresIn: SESSION,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'credential',
      fields: {
        ...{ userId: 'person_id', providerId: 'provider', accountId: 'subject', ...TIMES },
        ...{ accessToken: 'access_token', refreshToken: 'refresh_token', idToken: 'id_token' },
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
      // Nobody's address is checked here, so an account is not believed to own one: see linkProvider.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
      updateAccountOnSignIn: false,
    },
    verification: { modelName: 'verification', fields: { expiresAt: 'expires_at', ...TIMES } },
    databaseHooks: {
      account: {
        create: {
          before: async (account) => {
            if (account.providerId !== PROVIDER) return;
            await linkProvider(store, account.userId);
            // The provider's tokens name the person and would be a second place with an address; nothing here uses them.
            return { data: { ...account, accessToken: null, refreshToken: null, idToken: null } };
          },
        },
      },
      session: {
        create: {
          before: async (session, context) => {
            if ((await roleOf(store.db, session.userId)) === null) return false;
            return { data: { ...session, method: methodOf(context?.path) } };
          },
        },
      },
    },
    plugins: [
      genericOAuth({ config: provider === null ? [] : [genericProvider(provider)] }),
      twoFactor({
        issuer: 'Latchkey',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              ...{ userId: 'person_id', backupCodes: 'recovery_codes', lockedUntil: 'locked_until' },
              failedVerificationCount: 'failures',
            },
          },
        },
      }),
    ],
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => randomUUID() },
      // Said outright, because the library switches both off by itself where it thinks it is being tested.
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
  });
}
