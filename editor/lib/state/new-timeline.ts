/** Timelines to begin with: stories fitted to the policy, or next to nothing. */
import type { Policy } from 'latchkey';
import { PRESETS } from 'latchkey/timeline';

export interface Template {
  readonly name: string;
  readonly title: string;
}

/** Stories that fit themselves to any policy. */
export const templates: readonly Template[] = PRESETS;

/** The text of a new timeline: the template of that name on this policy, else a sign-in and the loss of the network. */
export function newTimelineText(template: string, policy: Policy | null, id: string, title: string): string {
  const preset = PRESETS.find(({ name }) => name === template);
  return preset === undefined || policy === null ? blank(id, title) : preset.timelineFor(policy);
}

function blank(policy: string, title: string): string {
  return `{
  "timeline": 1,
  "title": ${JSON.stringify(title)},
  "policy": ${JSON.stringify(policy)},
  "start": "2026-03-02T08:00:00+01:00",
  "timeZone": "Europe/Berlin",
  "until": "7d",
  "session": { "sub": "somebody" },
  "events": [
    { "at": "0s", "type": "session-established", "amr": ["pwd"] },
    { "at": "10m", "type": "connectivity-change", "to": "offline" }
  ],
  "expect": []
}
`;
}
