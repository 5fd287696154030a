/** `assurance`: how strong the last authentication at the server was (RFC 9470). */
import { member, text, texts, type Facts, type Read } from '../facts.ts';
import type { Assurance } from '../policy.ts';
import type { Leaf } from './check.ts';
import type { Written } from './written.ts';

export function normalizeAssurance({ kind, acrAny, amrAll }: Written<Assurance>, path: string): Assurance {
  return { kind, path, acrAny, ...(amrAll === undefined ? {} : { amrAll }) };
}

function acrOf(facts: Facts): Read<string> {
  return text(member(facts.session, 'acr'));
}

export function compileAssurance({ path, acrAny, amrAll }: Assurance): Leaf {
  return {
    kind: 'assurance',
    path,
    test(facts) {
      const acr = acrOf(facts);
      const amr = amrAll === undefined ? [] : texts(member(facts.session, 'amr'));
      if (acr === null || amr === null) return 'fact_invalid';
      const strong = acr !== undefined && acrAny.includes(acr);
      if (strong && amr !== undefined && (amrAll ?? []).every((method) => amr.includes(method))) return undefined;
      if (!facts.online) return 'online_required';
      return facts.interactive ? 'assurance_insufficient' : 'interaction_required';
    },
    measure(facts) {
      return { actual: acrOf(facts), limit: acrAny };
    },
  };
}
