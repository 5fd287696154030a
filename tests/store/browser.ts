import type { Accounts } from '$lib/server/accounts/index.ts';

/** Where the accounts under test believe to be. */
export const ORIGIN = 'http://127.0.0.1:3000';

/** A browser's part in signing in: it keeps cookies, and says where a request comes from. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Set-Cookie lines of the last answer. */
  lines: readonly string[] = [];
  readonly #accounts: Accounts;
  readonly #address: string;
  readonly #origin: string;

  constructor(accounts: Accounts, { address = '192.0.2.1', origin = ORIGIN } = {}) {
    this.#accounts = accounts;
    this.#address = address;
    this.#origin = origin;
  }

  get headers(): Headers {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Headers(cookie === '' ? {} : { cookie });
  }

  async post(path: string, body: object = {}, more: Record<string, string> = {}): Promise<Response> {
    const headers = this.headers;
    headers.set('content-type', 'application/json');
    headers.set('origin', this.#origin);
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    const url = `${this.#origin}/api/auth${path}`;
    return this.#send(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  /** Follows a link to the accounts' own addresses. */
  async get(url: string): Promise<Response> {
    return this.#send(new Request(url, { headers: this.headers }));
  }

  async signIn(email: string, password: string): Promise<Response> {
    return this.post('/sign-in/email', { email, password });
  }

  async person() {
    return this.#accounts.personOf(this.headers);
  }

  async #send(request: Request): Promise<Response> {
    const response = await this.#accounts.handler(request, this.#address);
    this.lines = response.headers.getSetCookie();
    for (const line of this.lines) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '' || attributes.some((text) => /^max-age=0$/i.test(text))) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
