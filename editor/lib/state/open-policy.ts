/** Opening a policy: the draft that everybody shares, with what this device kept of it while the server was away. */
import { browserSchedule } from './browser-schedule.ts';
import { draftClient } from './draft-client.ts';
import { Draft } from './draft.svelte.ts';
import { deviceDrafts } from './drafts.ts';
import { readLink, type Link } from './link.ts';
import type { DraftTexts } from './merge-drafts.ts';
import { SharedDraft } from './shared-draft.svelte.ts';
import { textsIn, textsKey, type SharedVersion } from './shared-version.ts';
import { TimelineEditor } from './timeline-editor.svelte.ts';
import { Workspace, type PublishedVersion, type TimelineSource } from './workspace.svelte.ts';

/** What the server knows of a policy. `versions` has the newest first. */
export interface PolicyPage {
  readonly id: string;
  readonly versions: readonly (PublishedVersion & { readonly digest: string })[];
  readonly timelines: readonly TimelineSource[];
  readonly draft: SharedVersion;
  /** Whether this person may save drafts. */
  readonly mayEdit: boolean;
}

export interface OpenPolicy {
  readonly workspace: Workspace;
  /** What this device keeps until the server has it. */
  readonly draft: Draft;
  readonly shared: SharedDraft;
  readonly timelineEditor: TimelineEditor;
  /** The newest published version. */
  readonly version: number;
}

/** Opens a policy at a deep link. Never rejects: a device that keeps no drafts shows as the draft's state. */
export async function openPolicy(page: PolicyPage, query: URLSearchParams): Promise<OpenPolicy> {
  const draft = new Draft({
    policy: page.id,
    base: baseOf(page.draft),
    store: deviceDrafts(),
    schedule: browserSchedule,
    now: () => Date.now(),
    stamp: () => crypto.randomUUID(),
  });
  const texts = textsIn(await draft.open()) ?? page.draft;
  const workspace = new Workspace({
    id: page.id,
    text: texts.text,
    published: page.versions,
    schedule: browserSchedule,
    stopwatch: () => performance.now(),
  });
  const show = ({ text, timelines }: DraftTexts): void => {
    workspace.setText(text);
    workspace.setTimelines(timelines, shared.known.base?.timelines ?? []);
  };
  const shared = new SharedDraft({
    known: page.draft,
    mayEdit: page.mayEdit,
    client: draftClient(page.id, (address, init) => fetch(address, init)),
    schedule: browserSchedule,
    now: () => Date.now(),
    apply: show,
    heard: (version) => draft.rebase(baseOf(version)),
  });
  show(texts);
  shared.start(texts, textsIn(draft.from.text));
  const stepsKey = `latchkey-steps:${page.id}`;
  const timelineEditor = new TimelineEditor(workspace, {
    read: () => sessionStorage.getItem(stepsKey),
    write: (steps) => sessionStorage.setItem(stepsKey, steps),
  });
  follow(workspace, readLink(query));
  return { workspace, draft, shared, timelineEditor, version: page.versions[0]?.version ?? 0 };
}

/** The texts of a workspace as a draft has them. */
export function textsOf({ text, timelines }: Workspace): DraftTexts {
  return { text, timelines };
}

function baseOf(version: SharedVersion) {
  return { lockVersion: version.lockVersion, text: textsKey(version) };
}

function follow(workspace: Workspace, link: Link): void {
  if (link.timeline !== null) workspace.selectTimeline(link.timeline);
  if (link.at !== null) workspace.at = link.at;
  if (link.capability !== null) workspace.capability = link.capability;
  if (link.pointer !== null) workspace.reveal(link.pointer);
}
