interface Findable {
  readonly id: string;
  readonly title: string;
  readonly tiers: readonly { readonly id: string; readonly title: string | null }[];
}

/** The policies whose id, title or tiers hold every word of the term, in the order given. */
export function search<T extends Findable>(policies: readonly T[], term: string): readonly T[] {
  const words = fold(term).split(/\s+/).filter(Boolean);
  return policies.filter(({ id, title, tiers }) => {
    const text = fold([id, title, ...tiers.flatMap((tier) => [tier.id, tier.title ?? ''])].join(' '));
    return words.every((word) => text.includes(word));
  });
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
