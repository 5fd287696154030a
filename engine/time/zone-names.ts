/** The zones that this machine would suggest. It may know more: links and old names. */

/** Names such as `Europe/Berlin`; none where the platform cannot list them. */
export function zoneNames(): readonly string[] {
  try {
    return Intl.supportedValuesOf('timeZone');
  } catch {
    return [];
  }
}
