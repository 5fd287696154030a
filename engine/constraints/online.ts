/** `online`: the network is there, and on request a token that the server would take. */
import type { ReasonCode } from '../decision.ts';
import type { Facts } from '../facts.ts';
import type { Online } from '../policy.ts';
import { tell, unread, type Rule } from './check.ts';
import { measureAccessToken, testAccessToken } from './token.ts';
import type { Written } from './written.ts';

export function normalizeOnline(written: Written<Online>, path: string): Online {
  return { kind: 'online', path, ...(written.token === undefined ? {} : { token: written.token }) };
}

function testConnectivity(facts: Facts): ReasonCode | undefined {
  if (facts.connectivity === undefined || facts.connectivity === null) return unread(facts.connectivity);
  return facts.online ? undefined : 'online_required';
}

export function compileOnline({ token }: Online): Rule {
  return {
    test(facts) {
      const code = testConnectivity(facts);
      return code === undefined && token !== undefined ? testAccessToken(facts, token === 'fresh') : code;
    },
    measure(finding, facts) {
      if (facts.online && token !== undefined) measureAccessToken(finding, facts);
      else tell(finding, 'online', facts.connectivity);
    },
  };
}
