/** What the states of the session may open and ask for. */
import { listed, quote, type Problem } from '../problem.ts';
import { didYouMean, nearest } from '../suggest.ts';
import { itemsOf, memberOf, membersOf, type Written } from './written.ts';

/** The obligations that the runtime knows; apps may have their own besides. */
const KNOWN = ['audit', 'clearTokens', 'lock', 'revokeOnReconnect', 'refreshOnReconnect'];

/** Obligations that decisions carry for reasons of their own. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['wipe', 'say when to wipe in `wipe`: it cannot be undone, so it needs proof'],
  ['readOnly', 'write `readOnly` for the tier in `REAUTH_REQUIRED`'],
  ['enqueue', 'write `"offline": "enqueue"` on the capability'],
  ['step-up', 'add a `stepUp` constraint'],
]);

/** A tier that stays open without a sign-in may hold nothing confidential. */
export function openedTiers(document: Written): readonly Problem[] {
  const sensitivity = new Map(
    itemsOf(memberOf(document, 'tiers')).map((tier) => [
      memberOf(tier, 'id').value,
      memberOf(tier, 'sensitivity').value,
    ]),
  );
  const tiers = memberOf(memberOf(memberOf(document, 'onState'), 'REAUTH_REQUIRED'), 'tiers');
  return membersOf(tiers).flatMap(({ key, value, pointer }): readonly Problem[] => {
    const level = sensitivity.get(key);
    const sensitive = level === undefined || level === 'confidential' || level === 'restricted';
    if (!sensitivity.has(key) || !sensitive || (value !== 'full' && value !== 'readOnly')) return [];
    const what = level === undefined ? 'has no sensitivity, which counts as `restricted`' : `is ${quote(level)}`;
    const message = `the tier ${quote(key)} ${what}, and only tiers up to \`internal\` may stay open`;
    return [{ code: 'state_opens_sensitive_tier', pointer, message, help: 'write `locked`, or remove the line' }];
  });
}

/** Obligations that may not be listed, are listed twice, or look misspelt. */
export function listedObligations(document: Written): readonly Problem[] {
  return membersOf(memberOf(document, 'onState')).flatMap((state) => {
    const seen = new Set<string>();
    return itemsOf(memberOf(state, 'obligations')).flatMap((obligation): readonly Problem[] => {
      const written = typeof obligation.value === 'string' ? obligation : memberOf(obligation, 'type');
      if (typeof written.value !== 'string') return [];
      const repeated = obligation === written && seen.has(written.value);
      seen.add(written.value);
      return repeated ? [repetition(written.value, written.pointer)] : named(written.value, written.pointer);
    });
  });
}

function repetition(name: string, pointer: string): Problem {
  return { code: 'duplicate_value', pointer, message: `${quote(name)} is here for the second time`, help: 'remove it' };
}

function named(name: string, pointer: string): readonly Problem[] {
  const instead = RESERVED.get(name);
  if (instead !== undefined) {
    const message = `${quote(name)} cannot be listed as an obligation of a state`;
    return [{ code: 'unknown_value', pointer, message, help: instead }];
  }
  if (KNOWN.includes(name) || nearest(name, KNOWN) === undefined) return [];
  const message = `${quote(name)} is not an obligation that is built in; an app that does not know it must deny`;
  const help = didYouMean(name, KNOWN) ?? `use ${listed(KNOWN)}`;
  return [{ code: 'unknown_value', severity: 'warning', pointer, message, help }];
}
