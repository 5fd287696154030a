/** Why a change was not made, and the way out. Shown as they are. */

export const notAllowed = 'Your role does not allow this. Ask somebody with the right, or an admin for another role.';
export const unknownPolicy = (id: string): string =>
  `There is no policy ‘${id}’. Go back to the policies and open one from there.`;
export const unknownRevision = 'There is no such revision. Open the policy again to see those there are.';

export const badPolicyId =
  'A policy id takes lower-case letters, digits, `.`, `_` and `-`, starts with a letter or digit and has at most 128 characters.';
export const policyExists = (id: string): string =>
  `There is already a policy ‘${id}’. Choose another id, or open that one.`;

export const tooLong = (what: string, most: string): string =>
  `The ${what} is too long; at most ${most} are kept. Shorten it and try again.`;
export const unstorable = (what: string): string =>
  `The ${what} holds a character that cannot be kept: a NUL or half of a pair. Remove it and try again.`;
export const missing = (what: string): string => `Something is missing: the ${what}. Fill it in and try again.`;
export const tooManyTimelines = (most: number): string =>
  `At most ${most} timelines are kept for a policy. Remove some and try again.`;
export const badTimelineName = (name: string): string =>
  `‘${name}’ cannot name a timeline. A name has up to 200 characters, no slashes, no dot in front, and is used once.`;

export const draftConflict =
  'Somebody else saved this draft in the meantime. Nothing is lost: compare both versions, merge them and save again.';
export const badBase =
  'The draft cannot be based on that revision: it is of another policy or older than the present base. Open the policy again.';
export const nothingToGoBackTo =
  'Nothing of this policy was submitted yet, so there is nothing to go back to. Change the draft instead.';

export const baseMoved =
  'A newer revision was added since this draft began. Merge it into the draft, save, and submit again.';
export const nothingChanged =
  'Policy and timelines are those of the newest revision, so there is nothing to submit. Change something first.';
export const policyHasErrors = (count: number): string =>
  count === 1
    ? 'The policy has an error. Mend it and submit again.'
    : `The policy has ${count} errors. Mend them and submit again.`;
export const timelineHasErrors = (names: readonly string[]): string =>
  `These timelines have errors: ${names.join(', ')}. Mend them and submit again.`;
export const otherId = (written: string, id: string): string =>
  `The document says its id is ‘${written}’, but this policy is ‘${id}’. A policy keeps its id: write \`"id": "${id}"\`.`;
export const versionTaken = (version: number, published: number): string =>
  `The document says version ${version}, but version ${published} is published. Raise it to ${published + 1} or more.`;
export const alreadyNewest =
  'The newest revision says exactly this already, so there is nothing to restore. Publish that one.';

export const staleReview =
  'A newer revision was submitted since, so this one is not reviewed any more. Look at the newest one.';
export const otherContent = 'What you looked at is not what this revision holds. Reload the page and look at it again.';
export const ownWork = 'Nobody approves their own work: you wrote in this revision. Ask somebody who did not.';
export const badPointer = (pointer: string): string =>
  `The document has nothing at ‘${pointer}’. Choose a place that this revision has.`;
export const unknownComment =
  'The comment that this replies to is not on this revision. Reload the page and reply again.';
export const evidenceDamaged =
  'What is stored of this revision is not what was submitted. Publish nothing, and have an admin verify the store.';

export const unknownEnvironment = (id: string): string =>
  `There is no environment ‘${id}’. Choose one of those that an admin has set up.`;
export const alreadyLive = 'Exactly this text is live there already, so there is nothing to publish.';
export const versionNotHigher = (version: number, live: number): string =>
  `Version ${live} is live there, and version ${version} is not above it. Raise the version in a new revision, or restore.`;
export const versionPublished = (version: number): string =>
  `Another text was published as version ${version}. Raise the version in a new revision.`;
export const overtaken =
  'A newer revision was submitted and this one was never published. Publish the newest one, or restore this one.';
export const notApproved =
  'Nobody has approved exactly this revision yet. Ask somebody who did not write in it for a review.';
export const changesRequested =
  'A reviewer asked for changes. Submit a revision with them, or ask the reviewer to approve this one.';
export const timelinesFailed =
  'Not every timeline gave what it expects, so nothing was published. Look at the run, mend the policy or the timeline, and submit again.';
export const fireAtPast = 'The hour lies in the past. Choose a later one, or publish now.';
export const alreadyPlanned = 'A publish of this policy is planned there already. Cancel that one first.';
export const unknownPlan = 'There is no such planned publish. Reload the page to see those there are.';
export const planOver = 'This planned publish is over: it was carried out, refused or cancelled before.';
export const plannerGone = 'Whoever planned it may not publish any more. Somebody who may can plan it again.';
export const shortReason = (least: number): string =>
  `A publish in an emergency needs a reason of at least ${least} characters. An auditor will read it: say what happened.`;
export const unknownRelease = 'There is no such release. Reload the page to see those there are.';
export const noEmergency = 'This release was published in the ordinary way, so there is nothing to look back at.';
export const ownEmergency =
  'Somebody else looks back at an emergency: you published this or wrote in it. Ask a reviewer who did neither.';
