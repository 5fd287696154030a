/** How a simulator reads an open policy: its programs and timeline, and the instant and capability that links name. */
import type { SimulatorSource } from './simulated.svelte.ts';
import type { Workspace } from './workspace.svelte.ts';

/** A live view of the workspace; nothing is copied. */
export function sourceOf(workspace: Workspace): SimulatorSource {
  return {
    get programs() {
      return workspace.programs;
    },
    get timeline() {
      return workspace.loadedTimeline?.ok === true ? workspace.loadedTimeline.value : null;
    },
    get text() {
      return workspace.timelineSource?.text ?? '';
    },
    get at() {
      return workspace.at;
    },
    set at(offset) {
      workspace.at = offset;
    },
    get capability() {
      return workspace.capability;
    },
    set capability(id) {
      workspace.capability = id;
    },
  };
}
