/** `assurance`: how strong the last authentication at the server was (RFC 9470). */
import { text, texts, type Facts, type Read } from '../facts.ts';
import type { Assurance } from '../policy.ts';
import type { Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeAssurance({ kind, acrAny, amrAll }: Written<Assurance>, path: string): Assurance {
  return { kind, path, acrAny, ...(amrAll === undefined ? {} : { amrAll }) };
}

function acrOf({ session }: Facts): Read<string> {
  return text(session ? session.acr : session);
}

export function compileAssurance({ acrAny, amrAll }: Assurance): Rule {
  return {
    test(facts) {
      const acr = acrOf(facts);
      const { session } = facts;
      const amr = amrAll === undefined ? [] : texts(session ? session.amr : session);
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
