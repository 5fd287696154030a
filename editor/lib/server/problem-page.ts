import { missing, product } from '$lib/words/shell.ts';
import { http } from '$lib/words/http.ts';
import { titleOf } from './problem.ts';
import type { Refusal } from './refusal.ts';

const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A refusal as a page of its own, for who came with a browser: words and a link to `back` (null for none), so that nothing
 * else of it can fail.
 */
export function problemPage(
  { status, code, message }: Refusal,
  back: string | null,
  headers: Readonly<Record<string, string>>,
): Response {
  const title = titleOf(status);
  const link =
    back === null ? '' : `\n      <p><a href="${escaped(back)}">${back === '/' ? missing.back : http.back}</a></p>`;
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>${escaped(title)} · ${product}</title>
  </head>
  <body>
    <main>
      <h1>${escaped(title)}</h1>
      <p>${escaped(message)}</p>
      <p>${status} <code>${escaped(code)}</code></p>${link}
    </main>
  </body>
</html>
`;
  const own = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
  return new Response(html, { status, headers: { ...own, 'cache-control': 'no-store', ...headers } });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
