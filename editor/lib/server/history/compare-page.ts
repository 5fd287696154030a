import type { ComparedRevision, ComparedText, ComparePage } from '$lib/state/compare-page.ts';
import type { ChangedPart } from '$lib/state/text-change.ts';
import { compare as words } from '$lib/words/compare-revisions.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/index.ts';
import { revisionsOf } from './revisions.ts';
import { tellerFor, type Asked, type House, type Teller } from './teller.ts';
import { openDiffer, type Differ } from './text-diff.ts';

/** Lines shown of one text; who wants more reads the texts. */
const MOST_LINES = 3_000;

type Facts = Awaited<ReturnType<typeof revisionsOf>>[number];

/** Two revisions of a policy, `a` and `b` of the address by number; the newest and the one before unless it says others. */
export async function comparePage(house: House, asked: Asked & { readonly policy: string }): Promise<ComparePage> {
  const { store } = house;
  const { teller, policy } = await tellerFor(house, asked);
  if (policy === null) throw new TypeError('A policy was asked for.');
  const revisions = await revisionsOf(store, policy.id);
  const page = {
    policy,
    revisions: revisions.map(({ number, version, message }) => ({
      id: String(number),
      title: words.choice(number, version, message),
    })),
  };
  const [newest] = revisions;
  if (newest === undefined || revisions.length < 2) return { ...page, compared: null };
  const after = chosen(revisions, asked.query.get('b')) ?? newest;
  const before =
    chosen(revisions, asked.query.get('a')) ?? revisions.find(({ number }) => number < after.number) ?? newest;
  const [old, fresh] = [await textsOf(store, before.id), await textsOf(store, after.id)];
  const names = [...new Set([...old.timelines.keys(), ...fresh.timelines.keys()])].toSorted();
  const diff = openDiffer();
  const document = change(diff, words.document, old.text, fresh.text);
  const timelines = names.map((name) => change(diff, name, old.timelines.get(name), fresh.timelines.get(name)));
  const changed = timelines.filter(({ kind }) => kind !== 'same');
  return {
    ...page,
    compared: {
      ...{ before: told(before, teller), after: told(after, teller) },
      ...{ document, timelines: changed, same: timelines.length - changed.length },
    },
  };
}

/** The revision that the address names; null when it names none. Throws Refusal when there is no such revision. */
function chosen(revisions: readonly Facts[], number: string | null): Facts | null {
  if (number === null || number === '') return null;
  const found = revisions.find((revision) => String(revision.number) === number);
  if (found === undefined) throw new Refusal(404, 'revision_unknown', words.unknown(number));
  return found;
}

function told({ number, version, at, author, message, approvedBy }: Facts, teller: Teller): ComparedRevision {
  return {
    ...{ number, version, at, message },
    author: teller.person(author),
    approvedBy: approvedBy.map(teller.person),
  };
}

async function textsOf({ db }: Pick<Store, 'db'>, id: string) {
  const { text, timelines } = await db
    .selectFrom('revision')
    .select(['text', 'timelines'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const named = JSON.parse(timelines) as readonly { readonly name: string; readonly digest: string }[];
  const digests = named.map(({ digest }) => digest);
  const stored =
    digests.length === 0
      ? []
      : await db.selectFrom('stored_text').select(['digest', 'text']).where('digest', 'in', digests).execute();
  const byDigest = new Map(stored.map((row) => [row.digest, row.text]));
  return { text, timelines: new Map(named.map(({ name, digest }) => [name, byDigest.get(digest) ?? ''])) };
}

function change(diff: Differ, name: string, before: string | undefined, after: string | undefined): ComparedText {
  const parts = diff(before ?? '', after ?? '');
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : before === after ? 'same' : 'changed';
  return { name, kind, ...shortened(parts ?? []), tooLong: parts === null };
}

function shortened(parts: readonly ChangedPart[]): Pick<ComparedText, 'parts' | 'left'> {
  let room = MOST_LINES;
  const shown = parts.flatMap(({ lines }) => {
    const kept = lines.slice(0, room);
    room -= kept.length;
    return kept.length === 0 ? [] : [{ lines: kept }];
  });
  const count = (of: readonly ChangedPart[]) => of.reduce((sum, { lines }) => sum + lines.length, 0);
  return { parts: shown, left: count(parts) - count(shown) };
}
