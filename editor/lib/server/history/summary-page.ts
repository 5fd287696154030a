import { FINDINGS, RELEASE_KINDS, SUMMARY as WORDS } from '$lib/words/evidence.ts';
import type { ReleaseDuties } from './segregation.ts';
import { utcText } from './utc-text.ts';

/** What the page tells. */
export interface Summary {
  readonly log: string;
  readonly first: { readonly seq: number; readonly hash: string } | null;
  readonly last: { readonly seq: number; readonly hash: string } | null;
  readonly signedSize: number;
  readonly keys: readonly string[];
  readonly rows: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, number>;
  /** Newest first; null when the rows do not fit together. */
  readonly duties: readonly ReleaseDuties[] | null;
  readonly revisions: readonly SummaryRevision[];
}

interface SummaryRevision {
  readonly policy: string;
  readonly number: number;
  readonly author: string;
  readonly at: number;
  readonly message: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly digest: string;
}

/** Markup that is safe as it stands. */
type Markup = readonly [html: string];

const STYLE = `
  body { font: 14px/1.5 system-ui, sans-serif; color: #111; background: #fff; max-width: 75rem; margin: 2rem auto; padding: 0 1rem }
  h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem }
  table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #bbb; padding: .25rem .5rem; text-align: left; vertical-align: top }
  th { background: #eee } td { overflow-wrap: anywhere } code { font-size: .85em } ul { margin: 0; padding-left: 1.2em } tr { break-inside: avoid }
`;

/** The summary as one page of HTML: no script, nothing fetched, every text escaped. */
export function summaryPage(summary: Summary): string {
  const parts = [
    ...[heading(1, WORDS.title), paragraph(WORDS.lead)],
    ...[heading(2, WORDS.population), population(summary)],
    ...[heading(2, WORDS.releases), releases(summary.duties)],
    ...[heading(2, WORDS.revisions), revisions(summary.revisions)],
    ...[heading(2, WORDS.happenings), counts(WORDS.type, summary.types)],
    ...[heading(2, WORDS.rows), counts(WORDS.table, summary.rows)],
  ].map(([html]) => html);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(WORDS.title)}</title>
<style>${STYLE}</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`;
}

function population({ log, first, last, signedSize, keys }: Summary): Markup {
  const entries = first === null || last === null ? WORDS.noEntries : WORDS.entriesFrom(first.seq, last.seq);
  return table(null, [
    [heading0(WORDS.log), code(log)],
    [heading0(WORDS.entries), text(entries)],
    [heading0(WORDS.firstHash), code(first?.hash ?? WORDS.nobody)],
    [heading0(WORDS.lastHash), code(last?.hash ?? WORDS.nobody)],
    [heading0(WORDS.signedUpTo), text(signedSize === 0 ? WORDS.notSigned : String(signedSize))],
    [heading0(WORDS.keys), list(keys)],
  ]);
}

function releases(duties: Summary['duties']): Markup {
  const { columns } = WORDS;
  if (duties === null) return paragraph(WORDS.broken);
  if (duties.length === 0) return paragraph(WORDS.noReleases);
  const names = [
    ...[columns.release, columns.policy, columns.kind, columns.at, columns.author, columns.contributors],
    ...[columns.approvers, columns.publisher, columns.reason, columns.findings],
  ];
  const rows = duties.map(({ release, author, contributors, approvers, findings }) => [
    text(`${release.environment} ${release.seq}`),
    text(`${release.policy} ${release.number}`),
    ...[text(RELEASE_KINDS[release.kind]), text(moment(release.at)), text(author), list(contributors), list(approvers)],
    ...[
      text(release.publishedBy),
      text([release.reason, release.ticket ?? ''].filter((part) => part !== '').join(' · ')),
    ],
    findings.length === 0 ? text(WORDS.nothingFound) : list(findings.map((finding) => FINDINGS[finding])),
  ]);
  return table(names, rows);
}

function revisions(all: Summary['revisions']): Markup {
  const { columns } = WORDS;
  if (all.length === 0) return paragraph(WORDS.noRevisions);
  return table(
    [columns.policy, columns.at, columns.author, columns.message, columns.reason, columns.ticket, columns.digest],
    all.map(({ policy, number, at, author, message, reason, ticket, digest }) => [
      ...[text(`${policy} ${number}`), text(moment(at)), text(author), text(message), text(reason), text(ticket ?? '')],
      code(digest),
    ]),
  );
}

function counts(name: string, all: ReadonlyMap<string, number>): Markup {
  const sorted = [...all].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return table(
    [name, WORDS.count],
    sorted.map(([key, count]) => [text(key), text(String(count))]),
  );
}

function table(names: readonly string[] | null, rows: readonly (readonly Markup[])[]): Markup {
  const head =
    names === null
      ? ''
      : `<thead><tr>${names.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead>`;
  const body = rows.map(
    (cells) => `<tr>${cells.map(([html]) => (html.startsWith('<th') ? html : `<td>${html}</td>`)).join('')}</tr>`,
  );
  return [`<table>${head}<tbody>\n${body.join('\n')}\n</tbody></table>`];
}

function heading(level: 1 | 2, words: string): Markup {
  return [`<h${level}>${escaped(words)}</h${level}>`];
}

function heading0(words: string): Markup {
  return [`<th scope="row">${escaped(words)}</th>`];
}

function paragraph(words: string): Markup {
  return [`<p>${escaped(words)}</p>`];
}

function list(items: readonly string[]): Markup {
  if (items.length < 2) return text(items[0] ?? WORDS.nobody);
  return [`<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`];
}

function code(words: string): Markup {
  return [`<code>${escaped(words)}</code>`];
}

function text(words: string): Markup {
  return [escaped(words)];
}

/** To the second. */
function moment(at: number): string {
  return utcText(at).slice(0, 19).replace('T', ' ');
}

function escaped(words: string): string {
  return words.replaceAll(/[&<>"'\0]/g, (character) => `&#${character.charCodeAt(0) || 65533};`);
}
