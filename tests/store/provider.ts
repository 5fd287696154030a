import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an organisation's provider says of somebody, and how it may lie. */
export interface Claims {
  sub: string;
  email: string;
  email_verified: boolean;
  /** Whom the ID token is for; this client unless a test says otherwise. */
  aud?: string;
  iss?: string;
}

/** A provider of OpenID Connect on this machine: it asks nobody anything, and answers with what a test sets. */
export class LoopbackProvider {
  claims: Claims = { sub: 'u-1', email: 'ada@example.org', email_verified: true };
  readonly #server: Server;
  readonly #codes = new Map<string, { challenge: string; redirect: string }>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response) => {
      void this.#answer(request).then(
        ([status, body]) => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        },
        () => response.writeHead(500).end(),
      );
    });
  }

  static async start(): Promise<LoopbackProvider> {
    const server = createServer();
    const provider = new LoopbackProvider(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What an operator sets to use it. */
  get env(): Record<string, string> {
    return {
      LATCHKEY_OIDC_ISSUER: this.issuer,
      LATCHKEY_OIDC_CLIENT_ID: 'latchkey',
      LATCHKEY_OIDC_CLIENT_SECRET: 'a client secret',
      LATCHKEY_OIDC_AUTHORIZATION_URL: `${this.issuer}/authorize`,
      LATCHKEY_OIDC_TOKEN_URL: `${this.issuer}/token`,
      LATCHKEY_OIDC_USERINFO_URL: `${this.issuer}/userinfo`,
      LATCHKEY_OIDC_NAME: 'Example SSO',
    };
  }

  /** What a browser does at the provider: agrees, and is sent back to this address. */
  agree(address: string): string {
    const asked = new URL(address).searchParams;
    const code = randomBytes(8).toString('hex');
    const redirect = asked.get('redirect_uri') ?? '';
    this.#codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirect });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    return back.href;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<[status: number, body: object]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { aud, iss, ...profile } = this.claims;
    if (request.url === '/userinfo') {
      return request.headers.authorization === 'Bearer an-access-token' ? [200, profile] : [401, {}];
    }
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const known = this.#codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (known?.challenge !== challenge || known.redirect !== form.get('redirect_uri')) return [400, {}];
    this.#codes.delete(form.get('code') ?? '');
    const exp = Math.floor(Date.now() / 1000) + 300;
    const claims = { ...profile, iss: iss ?? this.issuer, aud: aud ?? 'latchkey', exp };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const idToken = `${part({ alg: 'RS256' })}.${part(claims)}.${randomBytes(16).toString('base64url')}`;
    return [200, { access_token: 'an-access-token', token_type: 'Bearer', id_token: idToken, expires_in: 300 }];
  }
}
