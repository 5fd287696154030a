/** `allOf` and `anyOf`. A group has no reason of its own: its leaves have. */
import type { ReasonCode } from '../decision.ts';
import type { Check, Group } from './check.ts';

export function compileAllOf(of: readonly Check[]): Pick<Group, 'test'> {
  return {
    test(facts) {
      for (const check of of) {
        const code = check.test(facts);
        if (code !== undefined) return code;
      }
      return undefined;
    },
  };
}

export function compileAnyOf(of: readonly Check[]): Pick<Group, 'test'> {
  return {
    test(facts) {
      // An empty group is refused by validation; were there one, nothing would satisfy it.
      let code: ReasonCode | undefined = 'engine_error';
      for (const check of of) {
        code = check.test(facts);
        if (code === undefined) return undefined;
      }
      return code;
    },
  };
}
