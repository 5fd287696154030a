/** Entry `latchkey/interop/authzen`: decisions as AuthZEN 1.0 Access Evaluations see them. */
export type {
  EvaluationContext,
  EvaluationObligation,
  EvaluationRequest,
  EvaluationResponse,
  Properties,
  Texts,
} from './evaluation.ts';
export { evaluationOf, requestOf, type HostFacts } from './request.ts';
export { evaluate, responseOf, type ResponseOptions } from './response.ts';
