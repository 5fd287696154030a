/** `risk`: the risk level the host reports is low enough. */
import type { Facts } from '../facts.ts';
import { owned, word, type Read } from '../own.ts';
import type { Risk } from '../policy.ts';
import { RISK_LEVELS, type RiskLevel } from '../request.ts';
import { tell, unread, type Rule } from './check.ts';
import type { Written } from './written.ts';

export function normalizeRisk(written: Written<Risk>, path: string): Risk {
  return { kind: 'risk', path, atMost: written.atMost };
}

function levelOf(facts: Facts): Read<RiskLevel> {
  const risk = owned(facts.request.risk);
  return word(risk ? risk.level : risk, RISK_LEVELS);
}

export function compileRisk({ atMost }: Risk): Rule {
  return {
    test(facts) {
      const level = levelOf(facts);
      if (level === undefined || level === null) return unread(level);
      return RISK_LEVELS.indexOf(level) <= RISK_LEVELS.indexOf(atMost) ? undefined : 'risk_too_high';
    },
    measure(finding, facts) {
      tell(finding, atMost, levelOf(facts));
    },
  };
}
