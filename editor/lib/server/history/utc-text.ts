/** An instant (Unix milliseconds) as ISO 8601 in UTC; a number that no calendar has stays a number. */
export function utcText(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
