import { refusals } from '../../words/accounts.ts';
import { problemResponse } from '../problem.ts';
import { Refusal } from '../refusal.ts';

/** What the sign-in library calls a refusal, in our words. */
const REFUSALS: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  INVALID_EMAIL_OR_PASSWORD: [401, 'sign_in_wrong', refusals.wrongSignIn],
  INVALID_EMAIL: [401, 'sign_in_wrong', refusals.wrongSignIn],
  PASSWORD_TOO_LONG: [401, 'sign_in_wrong', refusals.wrongSignIn],
  FAILED_TO_CREATE_SESSION: [403, 'deactivated', refusals.deactivated],
  INVALID_CODE: [401, 'code_wrong', refusals.wrongCode],
  INVALID_BACKUP_CODE: [401, 'code_wrong', refusals.wrongCode],
  INVALID_TWO_FACTOR_COOKIE: [401, 'second_step_over', refusals.secondStepOver],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: [429, 'second_step_over', refusals.secondStepOver],
  ACCOUNT_TEMPORARILY_LOCKED: [429, 'throttled', refusals.throttled(15)],
  INVALID_PASSWORD: [401, 'password_wrong', refusals.wrongPassword],
  UNAUTHORIZED: [401, 'signed_out', refusals.signedOut],
  INVALID_ORIGIN: [403, 'other_origin', refusals.otherOrigin],
  MISSING_OR_NULL_ORIGIN: [403, 'other_origin', refusals.otherOrigin],
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: [403, 'other_origin', refusals.otherOrigin],
};

/** Problem details, as every refusal is told. */
export function problem(
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return problemResponse(new Refusal(status, code, detail), headers);
}

/** Too many attempts: says for how long. */
export function throttled(retryAt: number, at: number): Response {
  const seconds = Math.max(1, Math.ceil((retryAt - at) / 1000));
  return problem(429, 'throttled', refusals.throttled(Math.ceil(seconds / 60)), { 'retry-after': String(seconds) });
}

/**
 * The library’s answer as ours: its cookies and redirects, and of its body only what a screen needs. A session’s token is
 * for the cookie alone. Throws when the library failed rather than refused.
 */
export async function translate(response: Response): Promise<Response> {
  if (response.status >= 500) throw new Error(`Signing in failed inside: ${await response.text()}`);
  const answer = response.status >= 400 ? refused(response.status, await bodyOf(response)) : await done(response);
  for (const cookie of response.headers.getSetCookie()) answer.headers.append('set-cookie', cookie);
  return answer;
}

function refused(status: number, body: Readonly<Record<string, unknown>>): Response {
  const known = REFUSALS[String(body['code'])];
  return known === undefined ? problem(status, 'refused', refusals.refused) : problem(...known);
}

async function done(response: Response): Promise<Response> {
  const location = response.headers.get('location');
  const headers = { 'cache-control': 'no-store' };
  if (response.status >= 300 && location !== null) {
    return new Response(null, { status: response.status, headers: { ...headers, location } });
  }
  const { twoFactorRedirect, url, totpURI, backupCodes } = await bodyOf(response);
  const body = {
    status: twoFactorRedirect === true ? 'second_step' : 'done',
    ...(typeof url === 'string' ? { url } : {}),
    ...(totpURI === undefined ? {} : { totpURI }),
    ...(backupCodes === undefined ? {} : { recoveryCodes: backupCodes }),
  };
  return Response.json(body, { headers });
}

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
