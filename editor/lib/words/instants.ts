/** Instants as screens show them: local time to read, the exact instant to be sure. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LOCAL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });

/** `3 Mar 2026, 18:00`, in the reader's zone. */
export function localText(at: number): string {
  return LOCAL.format(at);
}

/** `2026-03-03 17:00:00 UTC`. */
export function utcInstantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`; the date from a month on. */
export function agoText(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h ago`;
  if (passed >= 30 * DAY) return localText(at);
  const days = Math.floor(passed / DAY);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
