/** The one route whose code editor writes style elements of its own. */
const STYLES_INLINE = '/policies/[id]';

/** Adds the headers every answer carries; style elements from scripts are allowed on the document route alone. */
export function withPageHeaders(response: Response, route: string | null): Response {
  const { headers } = response;
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  const policy = headers.get('content-security-policy');
  if (policy !== null && route === STYLES_INLINE) {
    headers.set('content-security-policy', policy.replace(/style-src [^;]*/, "style-src 'self' 'unsafe-inline'"));
  }
  return response;
}
