/** Change control: drafts, revisions, reviews and publishing, each as a function on the store. */
export { comment } from './comment.ts';
export { discardDraft } from './discard-draft.ts';
export { makePolicy } from './make-policy.ts';
export { readDraft } from './read-draft.ts';
export { restore } from './restore.ts';
export { review } from './review.ts';
export { reviewState } from './review-state.ts';
export { runTimelines } from './run-timelines.ts';
export { saveDraft } from './save-draft.ts';
export { submit } from './submit.ts';
