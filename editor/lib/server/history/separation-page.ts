import type { DutiesLine, SeparationPage } from '$lib/state/separation-page.ts';
import { FINDINGS, RELEASE_KINDS } from '$lib/words/evidence.ts';
import { history as words } from '$lib/words/history.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { csvLine } from './csv.ts';
import { releaseLine } from './release-lines.ts';
import { segregationReport, type Finding, type ReleaseDuties } from './segregation.ts';
import { tellerFor, type Asked, type House, type Teller } from './teller.ts';
import { utcText } from './utc-text.ts';

/** Releases on a page. */
const PAGE = 50;
/** What is good to know and breaks nothing. */
const HARMLESS: ReadonlySet<Finding> = new Set<Finding>(['imported', 'published_by_contributor']);

/** Who wrote, approved and published each release. Throws Refusal: no right, an address that says nothing. */
export async function separationPage(house: House, asked: Asked): Promise<SeparationPage> {
  const { teller, all, environment, onlyBreaking } = await prepared(house, asked);
  const breaking = all.filter(breaks);
  const shown = onlyBreaking ? breaking : all;
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const page = pageIn(asked.query, pages);
  return {
    lines: await told(house.store, shown.slice((page - 1) * PAGE, page * PAGE), teller),
    ...{ all: all.length, breaking: breaking.length, environment, onlyBreaking, page, pages },
    environments: teller.choices.environments,
  };
}

/** The same releases, all of them, as the lines of a CSV file. Throws as `separationPage`, at once. */
export async function separationTable(house: House, asked: Asked): Promise<readonly string[]> {
  const { teller, all, onlyBreaking } = await prepared(house, asked);
  const lines = await told(house.store, onlyBreaking ? all.filter(breaks) : all, teller);
  return [
    csvLine([
      ...['at', 'environment', 'release', 'policy', 'version', 'revision', 'kind', 'author', 'also_wrote'],
      ...['approved_by', 'published_by', 'looked_back_by', 'reason', 'ticket', 'breaks_the_rule', 'findings', 'digest'],
    ]),
    ...lines.map((line) => {
      const { at, environment, seq, policy, version, number, kind, author, helpers, approvedBy, findings } = line;
      return csvLine([
        ...[utcText(at), environment, seq, policy.id, version, number, RELEASE_KINDS[kind], author],
        ...[helpers.join(', '), approvedBy.join(', '), line.publishedBy, line.lookedBackBy.join(', ')],
        ...[line.reason, line.ticket, findings.some((finding) => finding.breaks) ? 'yes' : 'no'],
        ...[findings.map(({ text }) => text).join(' '), line.digest],
      ]);
    }),
  ];
}

async function prepared(house: House, asked: Asked) {
  const { teller } = await tellerFor(house, asked);
  const environment = asked.query.get('environment') ?? '';
  const report = await segregationReport(house.store);
  return {
    ...{ teller, environment: environment === '' ? null : environment },
    all: environment === '' ? report : report.filter(({ release }) => release.environment === environment),
    onlyBreaking: asked.query.get('show') === 'breaking',
  };
}

function breaks({ findings }: ReleaseDuties): boolean {
  return findings.some((finding) => !HARMLESS.has(finding));
}

function pageIn(query: URLSearchParams, pages: number): number {
  const value = query.get('page') ?? '1';
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new Refusal(400, 'address_wrong', words.wrongPage);
  return Math.min(Number(value), pages);
}

async function told(
  { db }: Pick<Store, 'db'>,
  duties: readonly ReleaseDuties[],
  teller: Teller,
): Promise<readonly DutiesLine[]> {
  const rows = await db.selectFrom('revision').select(['id', 'version']).execute();
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return duties.map(({ release, author, contributors, approvers, reviewedLater, findings }) => ({
    ...releaseLine({ ...release, version: versions.get(release.revision) ?? 0, approvedBy: approvers }, teller),
    author: teller.person(author),
    helpers: contributors.filter((id) => id !== author).map(teller.person),
    lookedBackBy: [...new Set(reviewedLater)].map(teller.person),
    findings: findings.map((finding) => ({ text: FINDINGS[finding], breaks: !HARMLESS.has(finding) })),
  }));
}
