/** What AuthZEN's Access Evaluation API says, as far as a decision can fill it in. Names are the standard's. */

export type Properties = Readonly<Record<string, unknown>>;

export interface EvaluationRequest {
  readonly subject: { readonly type: string; readonly id: string; readonly properties?: Properties };
  readonly resource: { readonly type: string; readonly id: string; readonly properties?: Properties };
  readonly action: { readonly name: string; readonly properties?: Properties };
  readonly context?: Properties;
}

/** By BCP 47 language tag. */
export type Texts = Readonly<Record<string, string>>;

export interface EvaluationObligation {
  /** Unlike any other of the response. */
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
}

export interface EvaluationContext {
  /** On a challenge: authentication context classes, parted by spaces, any of which will do. */
  readonly acr_values?: string;
  /** On a challenge: RFC 8176 methods, parted by spaces. Which are alternatives is said by the `step-up` obligations. */
  readonly amr_values?: string;
  /** On a challenge: whole seconds. */
  readonly max_age?: number;
  /** On a deny: every code with its place in the policy. */
  readonly reason_admin?: Texts;
  /** On a deny: what to tell the person. */
  readonly reason_user?: Texts;
  /** Must be carried out; one that the enforcing side does not know turns a `true` into a deny. */
  readonly obligations?: readonly EvaluationObligation[];
  /** Only under a policy that reports and does not enforce: the action goes ahead whatever `decision` says. */
  readonly mode?: 'report_only';
}

export interface EvaluationResponse {
  readonly decision: boolean;
  readonly context?: EvaluationContext;
}
