import { signIn } from '$lib/words/sign-in.ts';
import { askAuth, type AuthAnswer } from './auth-client.ts';

/** What the password is asked for. */
export type Purpose = 'set_up' | 'renew' | 'turn_off';

/** Where each is done. */
const ENDPOINTS: Readonly<Record<Purpose, string>> = {
  set_up: 'two-factor/enable',
  renew: 'two-factor/generate-backup-codes',
  turn_off: 'two-factor/disable',
};

/** Setting up one’s second factor, renewing its recovery codes, and turning it off, a step at a time. */
export class SecondFactor {
  step = $state.raw<'idle' | 'password' | 'scan' | 'codes'>('idle');
  purpose = $state.raw<Purpose>('set_up');
  busy = $state.raw(false);
  problem = $state.raw<string | null>(null);
  /** What an authenticator app scans, while it is being set up. */
  uri = $state.raw('');
  /** Known only until they are put away. */
  codes = $state.raw<readonly string[]>([]);
  /** What a person types who cannot scan: the key in groups of four. */
  readonly key = $derived((URL.parse(this.uri)?.searchParams.get('secret') ?? '').replace(/.{4}(?=.)/g, '$& '));

  readonly #ask: typeof askAuth;
  readonly #onchange: () => Promise<void>;

  /** `onchange`: the account is no longer what the page says. */
  constructor(onchange: () => Promise<void>, ask: typeof askAuth = askAuth) {
    this.#onchange = onchange;
    this.#ask = ask;
  }

  begin(purpose: Purpose): void {
    this.purpose = purpose;
    this.problem = null;
    this.step = 'password';
  }

  /** Puts away whatever is shown; the secrets are then gone from here. */
  end(): void {
    this.step = 'idle';
    this.problem = null;
    this.uri = '';
    this.codes = [];
  }

  async prove(password: string): Promise<void> {
    const answer = await this.#send(ENDPOINTS[this.purpose], { password });
    if (!answer.ok) return;
    this.codes = answer.recoveryCodes ?? [];
    this.uri = answer.totpURI ?? '';
    if (this.purpose === 'turn_off') {
      this.end();
      await this.#onchange();
    } else this.step = this.purpose === 'set_up' ? 'scan' : 'codes';
  }

  /** Shows that the app makes the right codes; the second factor is on from then on. */
  async confirm(code: string): Promise<void> {
    const answer = await this.#send('two-factor/verify-totp', { code: code.replaceAll(' ', '') });
    if (!answer.ok) return;
    this.uri = '';
    this.step = 'codes';
    await this.#onchange();
  }

  async #send(path: string, body: object): Promise<AuthAnswer> {
    this.busy = true;
    this.problem = null;
    const answer = await this.#ask(path, body, signIn.unreachable);
    this.busy = false;
    if (!answer.ok) this.problem = answer.detail ?? signIn.unreachable;
    return answer;
  }
}
