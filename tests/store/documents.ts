/** A small valid policy document; `title` makes one text differ from another of the same version. */
export function documentOf(id: string, version: number, title = 'A desk'): string {
  return `{
  "language": 1,
  "id": "${id}",
  "version": ${version},
  "title": "${title}",
  "tiers": [
    {
      "id": "low",
      "sensitivity": "internal",
      "require": [{ "kind": "maxAge", "of": "serverConfirmation", "limit": "1d" }]
    }
  ],
  "capabilities": [{ "id": "desk.open", "tier": "low", "access": "read" }]
}
`;
}

/** A day with that policy in which nothing is expected. */
export function timelineOf(policy: string, title = 'A day'): string {
  return `{
  "timeline": 1,
  "title": "${title}",
  "policy": "${policy}",
  "start": "2026-03-02T08:00:00Z",
  "until": "1d",
  "session": { "sub": "u-17" },
  "events": [{ "at": "0s", "type": "session-established", "amr": ["pwd"] }]
}
`;
}
