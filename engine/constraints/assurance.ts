/** `assurance`: how strong the last authentication at the server was (RFC 9470). */
import { isInteractive, type Facts } from '../facts.ts';
import { text, texts, type Read } from '../own.ts';
import type { Assurance } from '../policy.ts';
import { holds, tell, type Rule } from './check.ts';
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
      if (acr !== undefined && acrAny.includes(acr) && amr !== undefined && holds(amr, undefined, amrAll))
        return undefined;
      if (!facts.online) return 'online_required';
      return isInteractive(facts) ? 'assurance_insufficient' : 'interaction_required';
    },
    measure(finding, facts) {
      tell(finding, acrAny, acrOf(facts));
    },
  };
}
