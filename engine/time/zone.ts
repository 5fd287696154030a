/** Time zones by name, as this machine knows them. */

/** Whether a name is an IANA zone or a link to one; offsets such as `+01:00` are not. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
