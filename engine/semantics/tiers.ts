/** Ids that are given twice, and tiers that are named and not there. */
import { listed, quote, type Problem } from '../problem.ts';
import { didYouMean } from '../suggest.ts';
import { itemsOf, memberOf, membersOf, type Written } from './written.ts';

/** More tiers than this are not listed in a help text. */
const MANY = 12;

/** Two tiers or two capabilities of one id. */
export function duplicateIds(document: Written): readonly Problem[] {
  return ['tiers', 'capabilities'].flatMap((key) => {
    const seen = new Set<string>();
    return itemsOf(memberOf(document, key)).flatMap((item): readonly Problem[] => {
      const { value, pointer } = memberOf(item, 'id');
      if (typeof value !== 'string') return [];
      if (!seen.has(value)) {
        seen.add(value);
        return [];
      }
      const message = `the id ${quote(value)} is here for the second time`;
      return [{ code: 'duplicate_id', pointer, message, help: 'choose another id, or keep one of the two' }];
    });
  });
}

/** Names of tiers that no tier has. Silent while a tier has no readable id, which would be the true mistake. */
export function unknownTiers(document: Written): readonly Problem[] {
  const ids = itemsOf(memberOf(document, 'tiers')).map((tier) => memberOf(tier, 'id').value);
  const known = ids.filter((id) => typeof id === 'string');
  if (known.length === 0 || known.length < ids.length) return [];
  const is = new Set(known);
  const opened = membersOf(memberOf(memberOf(memberOf(document, 'onState'), 'REAUTH_REQUIRED'), 'tiers'));
  return [
    ...namedTiers(document).flatMap(({ value, pointer }) =>
      typeof value !== 'string' || is.has(value) ? [] : [unknownTier(value, pointer, known)],
    ),
    ...opened.flatMap(({ key, pointer }): readonly Problem[] =>
      is.has(key) ? [] : [{ ...unknownTier(key, pointer, known), at: 'key' }],
    ),
  ];
}

function namedTiers(document: Written): readonly Written[] {
  return [
    ...itemsOf(memberOf(document, 'capabilities')).map((capability) => memberOf(capability, 'tier')),
    ...itemsOf(memberOf(document, 'warn')).flatMap((warn) => itemsOf(memberOf(warn, 'tiers'))),
    memberOf(memberOf(document, 'wipe'), 'tier'),
  ];
}

function unknownTier(name: string, pointer: string, known: readonly string[]): Problem {
  const use = known.length > MANY ? 'use the id of a tier in `tiers`' : `use ${listed(known)}, or add a tier`;
  const help = didYouMean(name, known) ?? use;
  return { code: 'unknown_tier', pointer, message: `there is no tier ${quote(name)}`, help };
}
