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
