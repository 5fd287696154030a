/** Whether a Host header names this machine itself. A missing one does not. */
export function isLoopback(host: string | null): boolean {
  if (host === null || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether a Host header is the name people know this server by; on a loopback origin any name of this machine is. */
export function isOurs(host: string | null, origin: string): boolean {
  const own = new URL(origin).host;
  return isLoopback(own) ? isLoopback(host) : host === own;
}
