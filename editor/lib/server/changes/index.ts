/** Change control: drafts, revisions, reviews and publishing, each as a function on the store. */
export { breakGlass, lookBack, openLookBacks } from './break-glass.ts';
export { comment } from './comment.ts';
export { discardDraft } from './discard-draft.ts';
export { firePlanned } from './fire-planned.ts';
export { live } from './live.ts';
export { makePolicy } from './make-policy.ts';
export { cancelPlanned, planRelease } from './planned.ts';
export { publish } from './publish.ts';
export { readDraft } from './read-draft.ts';
export { restore } from './restore.ts';
export { reviewState } from './review-state.ts';
export { review } from './review.ts';
export { newestRevision } from './revision.ts';
export { runTimelines } from './run-timelines.ts';
export { saveDraft } from './save-draft.ts';
export { submit } from './submit.ts';
