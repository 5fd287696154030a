/** Talks to the server's sign-in endpoints. */

/** What an endpoint answered: a next step, or a sentence that says why not. */
export interface AuthAnswer {
  readonly ok: boolean;
  /** `done`, or `second_step` when a code is asked for. */
  readonly status?: string;
  /** Where to go on, for a provider elsewhere. */
  readonly url?: string;
  readonly totpURI?: string;
  readonly recoveryCodes?: readonly string[];
  readonly detail?: string;
}

/** Posts to `/api/auth/<path>`. Never rejects: `unreachable` is the sentence for a server that does not answer. */
export async function askAuth(path: string, body: object, unreachable: string): Promise<AuthAnswer> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Omit<AuthAnswer, 'ok'>;
    return { ...answer, ok: response.ok };
  } catch {
    return { ok: false, detail: unreachable };
  }
}
