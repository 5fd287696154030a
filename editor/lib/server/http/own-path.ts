/** A path of ours to go to after a sign-in: anything that could lead elsewhere becomes the first page. */
export function ownPath(text: string | null): string {
  if (text === null || !/^\/(?![/\\])[^\\\s]*$/.test(text) || !URL.canParse(text, 'http://ours.invalid')) return '/';
  const url = new URL(text, 'http://ours.invalid');
  return url.host === 'ours.invalid' ? url.pathname + url.search : '/';
}
