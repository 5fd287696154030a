/** A policy with a desk that opens for a day after the server's word, and notes that also want a fingerprint. */
export const POLICY = `{
  "language": 1,
  "id": "desk",
  "version": 1,
  "tiers": [
    {
      "id": "low",
      "sensitivity": "internal",
      "require": [{ "kind": "maxAge", "of": "serverConfirmation", "limit": "1d" }]
    }
  ],
  "capabilities": [
    { "id": "desk.open", "tier": "low", "access": "read" },
    {
      "id": "desk.note",
      "tier": "low",
      "access": "write",
      "serverBound": true,
      "offline": "enqueue",
      "require": [{ "kind": "stepUp", "amrAny": ["fpt"], "maxAge": "2h" }]
    }
  ]
}
`;

/** Two days of it: signed in, offline after ten minutes, a fingerprint and a note. All its expectations hold. */
export const TIMELINE = `{
  "timeline": 1,
  "title": "Two days away",
  "policy": "desk",
  "start": "2026-03-02T08:00:00Z",
  "until": "2d",
  "session": { "sub": "u-17" },
  "events": [
    { "at": "0s", "type": "session-established", "amr": ["pwd"] },
    { "at": "10m", "type": "connectivity-change", "to": "offline" },
    { "at": "30m", "type": "step-up", "amr": ["fpt"], "result": "ok" },
    { "at": "1h", "type": "attempt", "capability": "desk.note", "expect": { "outcome": "permit", "obligations": ["enqueue"] } }
  ],
  "expect": [
    { "at": "1d", "capability": "desk.open", "outcome": "permit", "because": "a day is allowed in full" },
    { "from": "25h", "to": "2d", "capability": "desk.open", "outcome": "deny", "reason": "reauth_required", "because": "the server was last heard more than a day ago" }
  ]
}
`;
