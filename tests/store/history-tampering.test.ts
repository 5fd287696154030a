import path from 'node:path';
import fc from 'fast-check';
import { strFromU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addLeaf, fromHex, treeRoot, type Frontier } from 'latchkey/evidence';
import { evidenceTables, type EvidenceTable } from '$lib/server/store/evidence-tables.ts';
import type { Store } from '$lib/server/store/index.ts';
import { openSigner } from '$lib/server/store/signing.ts';
import { primitives, verifyExport } from '../../engine/cli/verify-export.ts';
import { databases, type Place } from './databases.ts';
import { fill } from './history.ts';
import { announced, archiveOf, linesIn, rewritten, unpacked, withLines, without, type Unpacked } from './unpacked.ts';

const FLIPS = Number(process.env['TAMPER_RUNS'] ?? 1_000);
/** For reading only; the manifest alone vouches for them. */
const DERIVED = /^(events|reviews|releases)\.csv$|^summary\.html$|^VERIFY\.txt$/;

describe.each(await databases())('$name', ({ missing, place: make }) => {
  describe.skipIf(missing !== null)('latchkey verify names what was altered in an export', () => {
    let place: Place;
    let store: Store;
    let files: Unpacked;
    let log: string;
    /** What an auditor wrote down before. */
    let keptOutside: string;
    let size: number;

    beforeAll(async () => {
      place = await make();
      store = await place.open();
      await fill(store, 40);
      await store.write(async ({ record, signAtEnd }) => {
        await record({ type: 'test.wrote', actor: 'u-1', subject: 'test' });
        signAtEnd();
      });
      ({ log } = store);
      files = await unpacked(store);
      size = linesIn(files, 'events.ndjson').length;
      keptOutside = strFromU8(files[`checkpoints/${size}.txt`] ?? new Uint8Array());
    });
    afterAll(async () => place.remove());

    async function places(altered: Unpacked, kept: { checkpoints?: string[]; keys?: string[] } = {}) {
      const checkpoints = (kept.checkpoints ?? []).map((note) => ({ place: 'kept outside', note }));
      const { problems } = await verifyExport(archiveOf(altered), { checkpoints, keys: kept.keys ?? [] });
      return problems.map(({ place: where }) => where);
    }

    test('nothing, while nothing is', async () => {
      expect(await places(files, { checkpoints: [keptOutside], keys: [store.verifierKey] })).toEqual([]);
      expect(announced(files)).toEqual(files);
    });

    test(`${FLIPS} random single-byte changes, the manifest made to agree`, { timeout: 300_000 }, async () => {
      const flips = fc.sample(
        fc.record({
          name: fc.constantFrom(...Object.keys(files)),
          at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
          by: fc.integer({ min: 1, max: 255 }),
        }),
        { numRuns: FLIPS, seed: 20_260_302 },
      );
      for (const { name, at, by } of flips) {
        const bytes = Uint8Array.from(files[name] ?? []);
        if (bytes.length === 0) continue;
        const position = Math.floor(at * bytes.length);
        bytes[position] = (bytes[position] ?? 0) ^ by;
        const altered = { ...files, [name]: bytes };
        const names = namesOf(files, name, position);
        const told = name === 'manifest.json' || DERIVED.test(name) ? altered : announced(altered);
        const found = await places(told).catch((error: unknown) => [error instanceof Error ? error.message : '']);
        expect(found.join('\n'), `${name}, byte ${position}, by ${by}`).toMatch(names);
      }
    });

    test('a truncated tail, also when checkpoints and rows went with it, given one kept outside', async () => {
      const cut = withLines(files, 'events.ndjson', linesIn(files, 'events.ndjson').slice(0, -4));
      expect(await places(announced(cut))).toContain(`checkpoints/${size}.txt`);
      const shorter = withLines(files, 'events.ndjson', linesIn(files, 'events.ndjson').slice(0, -1));
      const rest = without(shorter, `checkpoints/${size}.txt`);
      expect(await places(announced(rest))).toEqual([]);
      expect(await places(announced(rest), { checkpoints: [keptOutside] })).toEqual(['kept outside']);
    });

    test('a deleted middle row', async () => {
      const lines = linesIn(files, 'events.ndjson');
      const without = withLines(files, 'events.ndjson', lines.toSpliced(19, 1));
      expect(await places(announced(without))).toContain(`audit_event/${log}/21`);
      const reviews = linesIn(files, 'rows/review.ndjson');
      const [, { id }] = JSON.parse(reviews[3] ?? '') as [string, { id: string }];
      const fewer = withLines(files, 'rows/review.ndjson', reviews.toSpliced(3, 1));
      expect(await places(announced(fewer))).toEqual([`review/${id}`]);
    });

    test('two entries swapped, and two rows that changed their places', async () => {
      const lines = linesIn(files, 'events.ndjson');
      const [ten = '', eleven = ''] = lines.slice(9, 11);
      const swapped = withLines(files, 'events.ndjson', lines.toSpliced(9, 2, eleven, ten));
      expect(await places(announced(swapped))).toContain(`audit_event/${log}/11`);
      const reviews = linesIn(files, 'rows/review.ndjson');
      const [first, second] = reviews.map((line) => /"id":"([^"]+)"/.exec(line)?.[1] ?? '');
      const exchanged = reviews.map((line, index) =>
        index === 0
          ? line.replace(first ?? '', second ?? '')
          : index === 1
            ? line.replace(second ?? '', first ?? '')
            : line,
      );
      const found = await places(announced(withLines(files, 'rows/review.ndjson', exchanged)));
      expect(found.toSorted()).toEqual([`review/${first}`, `review/${second}`].toSorted());
    });

    test('a row added without a word', async () => {
      const lines = linesIn(files, 'rows/policy.ndjson');
      const sly = '["policy",{"created_at":1,"created_by":"u-sly","id":"sly"}]';
      expect(await places(announced(withLines(files, 'rows/policy.ndjson', [...lines, sly])))).toEqual(['policy/sly']);
    });

    test('a row rewritten with all later hashes and signed anew, given one checkpoint kept outside', async () => {
      const lines = rewritten(linesIn(files, 'events.ndjson'), 17);
      const forged = withLines(files, 'events.ndjson', lines);
      const unsigned = without(forged, `checkpoints/${size}.txt`);
      // Only the checkpoint made before remains, and it holds: what it was signed over was left alone.
      expect(await places(announced(unsigned), { checkpoints: [keptOutside] })).toContain('kept outside');

      const signer = openSigner(path.join(place.folder, 'checkpoint-key.pem'));
      const note = signer.sign({ origin: log, size, root: rootOf(lines) });
      const resigned = announced({
        ...Object.fromEntries(Object.entries(forged).filter(([name]) => !name.startsWith('checkpoints/'))),
        [`checkpoints/${size}.txt`]: Buffer.from(note),
      });
      // Whoever has the key and the database can do this. It is what keeping a checkpoint is for.
      expect(await places(resigned, { keys: [store.verifierKey] })).toEqual([]);
      expect(await places(resigned, { checkpoints: [keptOutside] })).toEqual(['kept outside']);
    });

    test('a history signed with another key, given the key kept outside', async () => {
      const lines = rewritten(linesIn(files, 'events.ndjson'), 17);
      const signer = openSigner(path.join(place.folder, 'somebody-elses.pem'));
      const note = signer.sign({ origin: log, size, root: rootOf(lines) });
      const forged = announced({
        ...withLines(files, 'events.ndjson', lines),
        [`checkpoints/${size}.txt`]: Buffer.from(note),
      });
      expect(await places(forged, { keys: [store.verifierKey] })).toContain(`checkpoints/${size}.txt`);
    });
  });
});

function rootOf(lines: readonly string[]): Uint8Array {
  let frontier: Frontier = [];
  lines.forEach((line, index) => {
    const hash = /"hash":"([0-9a-f]{64})"\}$/.exec(line)?.[1] ?? '';
    frontier = addLeaf(frontier, index, fromHex(hash) ?? new Uint8Array(), primitives.sha256);
  });
  return treeRoot(frontier, primitives.sha256);
}

/** What the report must name when a byte of a file was altered: the row that it is in, or the line. */
function namesOf(files: Unpacked, file: string, position: number): RegExp {
  if (file.endsWith('.ndjson')) {
    const before = strFromU8((files[file] ?? new Uint8Array()).subarray(0, position)).split('\n');
    const lines = linesIn(files, file);
    const line = lines[before.length - 1] ?? '';
    // A line end that goes makes one line of two.
    const numbered = [before.length, before.length + 1].map((number) => `${file}, line ${number}`);
    return oneOf([...numbered, ...(file === 'events.ndjson' ? entryIn(line) : rowIn(line))]);
  }
  if (file.startsWith('revisions/')) return /^revision\//m;
  if (file.startsWith('timelines/')) return /^stored_text\//m;
  if (file === 'manifest.json') return /./;
  return new RegExp(`^${file.replaceAll('.', '\\.')}`, 'm');
}

/** The entry, or where its number or its log is what was altered, the one that misses it. */
function entryIn(line: string): readonly string[] {
  const { entry } = JSON.parse(line) as { entry: { log: string; seq: number } };
  const { log, seq } = entry;
  return [`audit_event/${log}/${seq}`, `audit_event/${log}/${seq + 1}`];
}

function rowIn(line: string): readonly string[] {
  const [table, row] = JSON.parse(line) as [EvidenceTable, Record<string, unknown>];
  return [`${table}/${String(row[evidenceTables[table]])}`];
}

function oneOf(texts: readonly string[]): RegExp {
  return new RegExp(`^(${texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?!\\d)`, 'm');
}
