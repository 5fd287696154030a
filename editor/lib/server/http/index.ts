/** What stands between a request and the domain: who may come, how much, how often, and what is answered. */
export { answerApi, answerPage } from './answer.ts';
export { readJson } from './body.ts';
export { download } from './download.ts';
export { answerForm, oneOf } from './form.ts';
export { demandOwnSite, guard, readsPages } from './guard.ts';
export { openLog } from './log.ts';
export { openMetrics, type Metrics } from './metrics.ts';
export { ownPath } from './own-path.ts';
export { RequestRate } from './rate.ts';
export { readiness } from './readiness.ts';
export { refusalOf } from './refusal-of.ts';
export { signedIn } from './signed-in.ts';
export { storeTrouble } from './store-trouble.ts';
export { tell } from './tell.ts';
