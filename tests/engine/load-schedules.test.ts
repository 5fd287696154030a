import { describe, expect, it } from 'vitest';
import { load } from 'latchkey/load';

const WINDOW = { days: ['mon'], start: '06:00', end: '22:00' };

function schedule(members: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { kind: 'schedule', timeZone: 'Europe/Berlin', windows: [WINDOW], ...members };
}

/** The codes of a document with a read in a tier `low` and whatever is added. */
function codesOf(members: Readonly<Record<string, unknown>>): readonly string[] {
  const tiers = [{ id: 'low', sensitivity: 'internal', require: [] }];
  const capabilities = [{ id: 'note.read', tier: 'low', access: 'read' }];
  const result = load(JSON.stringify({ language: 1, id: 'sample', version: 1, tiers, capabilities, ...members }));
  return (result.ok ? result.warnings : result.diagnostics).map(({ code }) => code);
}

describe('load, of schedules', () => {
  it.each(['Europe/Berlin', 'Asia/Calcutta', 'UTC', 'Etc/GMT+5', 'america/new_york'])(
    'takes the zone %s',
    (timeZone) => {
      expect(codesOf({ guards: [schedule({ timeZone })] })).toEqual([]);
    },
  );

  it.each([
    ['00:00', '24:00'],
    ['22:00', '06:00'],
    ['00:00', '00:01'],
    ['23:59', '24:00'],
  ])('takes a window from %s to %s', (start, end) => {
    expect(codesOf({ guards: [schedule({ windows: [{ days: ['sun'], start, end }] })] })).toEqual([]);
  });

  it('takes no exceptions, a leap day, and a stretch of one day', () => {
    expect(codesOf({ guards: [schedule({ except: [] })] })).toEqual([]);
    const except = ['2028-02-29', { from: '2026-12-25', to: '2026-12-25' }];
    expect(codesOf({ guards: [schedule({ except })] })).toEqual([]);
  });

  it('takes the device’s own zone wherever only reads in public and internal tiers can meet it', () => {
    const own = schedule({ timeZone: 'device' });
    const tiers = [
      { id: 'low', sensitivity: 'internal', require: [own] },
      { id: 'unused', require: [] },
    ];
    const groups = [{ kind: 'anyOf', of: [{ kind: 'online' }, { kind: 'allOf', of: [own] }] }];
    expect(codesOf({ tiers, guards: groups, sensitivity: { restricted: [own] } })).toEqual([]);
  });

  it('says nothing of the device’s zone where access or sensitivity is itself a mistake', () => {
    const own = schedule({ timeZone: 'device' });
    const tiers = [{ id: 'low', sensitivity: 'secret', require: [own] }];
    expect(codesOf({ tiers })).toEqual(['unknown_value']);
    expect(codesOf({ guards: [own], capabilities: [{ id: 'a', tier: 'low', access: 'raed' }] })).toEqual([
      'unknown_value',
    ]);
  });

  it('finds no contradiction in schedules that need not be met together, or are in different zones', () => {
    const weekend = schedule({ windows: [{ days: ['sat', 'sun'], start: '08:00', end: '18:00' }] });
    expect(codesOf({ guards: [schedule(), weekend] })).toEqual(['unsatisfiable']);
    expect(codesOf({ guards: [schedule(), { ...weekend, timeZone: 'Asia/Tokyo' }] })).toEqual([]);
    expect(codesOf({ guards: [{ kind: 'anyOf', of: [schedule(), weekend] }] })).toEqual([]);
    expect(codesOf({ guards: [schedule()], sensitivity: { confidential: [weekend] } })).toEqual([]);
    const monday = schedule({ windows: [{ days: ['sun'], start: '22:00', end: '07:00' }] });
    expect(codesOf({ guards: [schedule(), monday] })).toEqual([]);
    expect(codesOf({ guards: [schedule(), weekend], capabilities: [] })).toEqual([]);
  });

  it('finds three schedules that share no moment though each two do', () => {
    const from = (start: string, end: string): unknown => schedule({ windows: [{ days: ['mon'], start, end }] });
    const both = schedule({
      windows: [
        { days: ['mon'], start: '06:00', end: '08:00' },
        { days: ['mon'], start: '20:00', end: '22:00' },
      ],
    });
    expect(codesOf({ guards: [both, from('07:00', '21:00'), from('06:30', '07:30')] })).toEqual([]);
    expect(codesOf({ guards: [both, from('07:00', '21:00'), from('08:00', '20:00')] })).toEqual(['unsatisfiable']);
    const morning = from('06:00', '20:30');
    expect(codesOf({ guards: [both, from('07:30', '23:00'), morning] })).toEqual([]);
  });

  it('answers for thousands of schedules on thousands of capabilities in good time', () => {
    const guards = Array.from({ length: 3000 }, () => schedule());
    const require = [schedule({ windows: [{ days: ['mon'], start: '21:00', end: '23:00' }] })];
    const capabilities = Array.from({ length: 3000 }, (_, i) => ({
      id: `c${i}`,
      tier: 'low',
      access: 'read',
      require,
    }));
    expect(codesOf({ guards, capabilities })).toEqual([]);
  });
});
