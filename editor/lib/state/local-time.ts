/** Instants in the fields of a form, in the zone of whoever looks. */

/** `2026-03-02T18:00`, with seconds only when there are some; empty for none. */
export function localField(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const wall = new Date(at - date.getTimezoneOffset() * 60_000).toISOString();
  return wall.slice(0, wall.endsWith(':00.000Z') ? 16 : 19);
}

/** The instant that a field holds; undefined when it holds none. */
export function instantOfField(value: string): number | undefined {
  const at = value === '' ? Number.NaN : new Date(value).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** What the zone is called. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
