import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { compile, decide, nextChange, type Program, type Request } from 'latchkey';
import { load } from 'latchkey/load';
import { describe, expect, test } from 'vitest';
import { decide as readAloud } from '../reference/decide.ts';
import type { Document } from '../reference/document.ts';
import { firstChange } from '../reference/next-change.ts';
import { answered } from './answered.ts';
import { richDocument } from './rich-arbitraries.ts';
import { KINDS } from './rich-constraints.ts';
import { everySpoiling, soundRequest } from './rich-requests.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3000);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20260301);
/** Milliseconds that a test may take: more for more runs. */
const TIME = 60_000 + 100 * RUNS;

/** Undefined for a document that the engine proves useless: then there is nothing to decide. */
function programOf(document: unknown): Program | undefined {
  const loaded = load(JSON.stringify(document));
  if (loaded.ok) return compile(loaded.value.policy);
  if (loaded.diagnostics.some(({ code }) => code === 'unsatisfiable')) return undefined;
  throw new Error(JSON.stringify(loaded.diagnostics));
}

function programFor(document: Document): Program {
  const program = programOf(document);
  if (program === undefined) throw new Error('the document can never permit');
  return program;
}

test('the engine decides as the reference does with every fact in turn lost or spoilt', { timeout: TIME }, () => {
  const pairs = fc.property(richDocument(KINDS), soundRequest, (document, sound) => {
    const program = programOf(document);
    fc.pre(program !== undefined);
    for (const given of everySpoiling(sound)) {
      const decision = answered(decide(program, given as unknown as Request));
      if (!isDeepStrictEqual(decision, readAloud(document as Document, given)))
        expect({ given, decision }).toEqual({ given, decision: readAloud(document as Document, given) });
    }
  });
  fc.assert(pairs, { numRuns: Math.ceil(RUNS / 150), seed: SEED });
});

const OPEN: Readonly<Record<string, unknown>> = {
  capability: 'it',
  now: 0,
  clock: { state: 'ok' },
  connectivity: 'online',
  session: { authState: 'ACTIVE', lastConfirmedAt: 0, lastActivityAt: 0 },
};

function permitting(members: object): Document {
  const tiers = [{ id: 't', sensitivity: 'public', require: [] }];
  const capabilities = [{ id: 'it', tier: 't', access: 'read' }];
  return { language: 1, id: 'disagreement', version: 1, tiers, capabilities, ...members } as unknown as Document;
}

test.each([[undefined], [null], [0], ['it'], [true], [[]], [[OPEN]], [{}], [Object.create(OPEN)]])(
  'the engine decides as the reference does when asked %j',
  (given) => {
    const document = permitting({});
    expect(answered(decide(programFor(document), given as unknown as Request))).toEqual(readAloud(document, given));
  },
);

describe('where the engine once read the language otherwise', () => {
  test('obligations that are equal but for the order of their members are one', () => {
    const obligations = [
      { type: 'audit', level: 'high' },
      { level: 'high', type: 'audit' },
    ];
    const document = permitting({ onState: { ACTIVE: { obligations } } });
    expect(answered(decide(programFor(document), OPEN as unknown as Request))).toEqual(readAloud(document, OPEN));
  });

  test('a second warning of the same kind is no change', () => {
    const warn = [
      { of: 'activity', after: '1ms' },
      { of: 'activity', after: '90s' },
    ];
    const document = permitting({ warn });
    const given = { ...OPEN, now: 2 };
    const found = nextChange(programFor(document), given as unknown as Request);
    expect(found?.at ?? null).toBe(firstChange(document, given));
  });

  test('an open schedule stays open to the last instant', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const guards = [{ kind: 'schedule', timeZone: 'UTC', windows: [{ days, start: '00:00', end: '24:00' }] }];
    const document = permitting({ guards });
    const given = { ...OPEN, now: 8.64e15 };
    expect(answered(decide(programFor(document), given as unknown as Request))).toEqual(readAloud(document, given));
  });
});
