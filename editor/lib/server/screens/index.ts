/** What each page of change control shows, put together from the domain for the person who asks. */
export { changesPage } from './changes.ts';
export { makeFromTemplate, makeFromText } from './new-policy.ts';
export { policiesPage } from './policies.ts';
export { publishPage } from './publish.ts';
export { revisionAt, revisionPage } from './revision.ts';
export { revisionsPage } from './revisions.ts';
export { templates } from './templates.ts';
