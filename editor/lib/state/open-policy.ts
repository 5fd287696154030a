/** Opening a policy: its draft when there is one, else the published text. */
import { browserSchedule } from './browser-schedule.ts';
import { Draft } from './draft.svelte.ts';
import { deviceDrafts } from './drafts.ts';
import { readLink, type Link } from './link.ts';
import { TimelineEditor } from './timeline-editor.svelte.ts';
import { Workspace, type PublishedVersion, type TimelineEdits, type TimelineSource } from './workspace.svelte.ts';

/** What the server knows of a policy. `versions` has the newest first. */
export interface PolicyPage {
  readonly id: string;
  readonly versions: readonly (PublishedVersion & { readonly digest: string })[];
  readonly timelines: readonly TimelineSource[];
}

export interface OpenPolicy {
  readonly workspace: Workspace;
  readonly draft: Draft;
  /** Edited timelines, kept like a draft: one record for all of them. */
  readonly timelineDraft: Draft;
  readonly timelineEditor: TimelineEditor;
  /** The newest published version. */
  readonly version: number;
  /** When the draft found was kept; null when there was none. */
  readonly restoredAt: number | null;
}

/** Opens a policy at a deep link. Never rejects: a device that keeps no drafts shows as the draft's state. */
export async function openPolicy(page: PolicyPage, query: URLSearchParams): Promise<OpenPolicy> {
  const newest = page.versions[0] ?? { version: 0, text: '', digest: '' };
  const draft = new Draft({
    published: { policy: page.id, ...newest },
    store: deviceDrafts(),
    schedule: browserSchedule,
    now: () => Date.now(),
    stamp: () => crypto.randomUUID(),
  });
  const text = await draft.open();
  const workspace = new Workspace({
    id: page.id,
    text,
    timelines: page.timelines,
    published: page.versions,
    schedule: browserSchedule,
    stopwatch: () => performance.now(),
  });
  const timelineDraft = new Draft({
    published: { policy: `${page.id}/timelines`, version: newest.version, text: NO_EDITS, digest: newest.digest },
    store: deviceDrafts(),
    schedule: browserSchedule,
    now: () => Date.now(),
    stamp: () => crypto.randomUUID(),
  });
  workspace.setTimelineEdits(editsIn(await timelineDraft.open()));
  const stepsKey = `latchkey-steps:${page.id}`;
  const timelineEditor = new TimelineEditor(workspace, {
    read: () => sessionStorage.getItem(stepsKey),
    write: (steps) => sessionStorage.setItem(stepsKey, steps),
  });
  follow(workspace, readLink(query));
  return {
    workspace,
    draft,
    timelineDraft,
    timelineEditor,
    version: newest.version,
    restoredAt: draft.state.kind === 'saved' ? draft.state.at : null,
  };
}

/** Texts by timeline name as a draft keeps them; with none there is no draft. */
const NO_EDITS = '{}';

function editsIn(text: string): TimelineEdits {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === 'string'));
  } catch {
    return {};
  }
}

function follow(workspace: Workspace, link: Link): void {
  if (link.timeline !== null) workspace.selectTimeline(link.timeline);
  if (link.at !== null) workspace.at = link.at;
  if (link.capability !== null) workspace.capability = link.capability;
  if (link.pointer !== null) workspace.reveal(link.pointer);
}
