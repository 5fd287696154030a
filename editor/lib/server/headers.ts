/** The one route whose code editor writes style elements of its own. */
const STYLES_INLINE = '/policies/[id]';

/** For a year after the last visit, browsers come by https only, also where somebody typed no scheme. */
const HTTPS_ONLY = 'max-age=31536000';

/**
 * Adds the headers every answer carries; `origin` is where people open the server. Style elements from scripts are allowed on
 * the document route alone.
 */
export function withPageHeaders(
  response: Response,
  { route, origin }: { route: string | null; origin: string },
): Response {
  const { headers } = response;
  if (origin.startsWith('https:')) headers.set('strict-transport-security', HTTPS_ONLY);
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
