/** A decision as AuthZEN's answer: yes or no, and in the context what else there is to know and to do. */
import { decide } from '../../decide.ts';
import type { Decision, Reason } from '../../decision.ts';
import { messageOf, type Catalogue } from '../../messages.ts';
import type { Program } from '../../program.ts';
import { demandsOf, propertiesOf, summaryOf } from './challenge.ts';
import type { EvaluationContext, EvaluationObligation, EvaluationResponse } from './evaluation.ts';
import { isSelectedAccount, requestOf, type HostFacts } from './request.ts';

export interface ResponseOptions {
  /** The app's own words by BCP 47 tag, each beside the English ones; `en` takes their place. */
  readonly catalogues?: Readonly<Record<string, Catalogue>>;
}

const MISMATCH: Reason = { code: 'account_mismatch', path: '' };
const FAULT: Reason = { code: 'engine_error', path: '' };

/**
 * Decides an AuthZEN evaluation of any shape on the facts that the host knows. As `decide` does, it answers
 * `engine_error` where reading them throws.
 */
export function evaluate(
  program: Program,
  evaluation: unknown,
  facts: HostFacts,
  options: ResponseOptions = {},
): EvaluationResponse {
  const judged = judge(program, evaluation, facts);
  return 'outcome' in judged
    ? responseOf(program, judged, options)
    : { decision: false, context: reasonsOf([judged], options) };
}

/** The decision, or why it does not come to one. */
function judge(program: Program, evaluation: unknown, facts: HostFacts): Decision | Reason {
  try {
    return isSelectedAccount(evaluation, facts) ? decide(program, requestOf(evaluation, facts)) : MISMATCH;
  } catch {
    return FAULT;
  }
}

/** The response that a decision of this program stands for. `decision` is true exactly when the outcome is `permit`. */
export function responseOf(program: Program, decision: Decision, options: ResponseOptions = {}): EvaluationResponse {
  const demands = demandsOf(decision, program.policy);
  const obligations = obligationsOf(decision, demands.map(propertiesOf));
  const context: EvaluationContext = {
    ...(decision.outcome === 'deny' ? reasonsOf(decision.reasons, options) : summaryOf(demands)),
    ...(obligations.length === 0 ? {} : { obligations }),
    ...(decision.mode === 'report_only' ? { mode: decision.mode } : {}),
  };
  const permitted = decision.outcome === 'permit';
  return Object.keys(context).length === 0 ? { decision: permitted } : { decision: permitted, context };
}

function reasonsOf(reasons: readonly Reason[], { catalogues = {} }: ResponseOptions): EvaluationContext {
  const [first] = reasons;
  const words = Object.entries({ en: {}, ...catalogues });
  const said = first === undefined ? [] : words.map(([language, own]) => [language, messageOf(first, own)] as const);
  return {
    reason_admin: { en: reasons.map(inFull).join('; ') },
    reason_user: Object.fromEntries(said),
  };
}

function inFull({ code, path, detail }: Reason): string {
  return `${code}${detail === undefined ? '' : ` (${detail})`}${path === '' ? '' : ` at ${path}`}`;
}

/** The decision's own, then a `step-up` for each thing to prove; none where nothing is enforced. */
function obligationsOf(
  { obligations, mode, policy }: Decision,
  demands: readonly EvaluationObligation['properties'][],
): readonly EvaluationObligation[] {
  const own = obligations.map(({ type, ...properties }) => ({ type, properties }));
  const proofs = demands.map((properties) => ({ type: 'step-up', properties }));
  const all = mode === 'enforce' ? [...own, ...proofs] : own;
  return all.map((each, i) => ({ id: `${policy.id}@${policy.version}#${i + 1}`, ...each }));
}
