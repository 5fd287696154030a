/** Between an AuthZEN evaluation and a request. What the asking side says may narrow; evidence is the host's alone. */
import { isObject, member } from '../../own.ts';
import type { Request } from '../../request.ts';
import type { EvaluationRequest, Properties } from './evaluation.ts';

/** Everything that a request says besides what is asked for. */
export type HostFacts = Omit<Request, 'capability' | 'resource'>;

const USER = 'user';
/** The resource of a capability that is about none: AuthZEN wants one all the same. */
const CAPABILITY = 'capability';

/**
 * The evaluation that asks another decision point the same: who, what for, on what. Of the facts only those that
 * describe the surroundings go along; tokens, proofs and permissions are for each side to know by itself. Of a request
 * that throws when it is read there is no evaluation: that throws on.
 */
export function evaluationOf({ capability, resource, session, interactive, connectivity }: Request): EvaluationRequest {
  const { type = CAPABILITY, id = capability, sensitivity } = resource ?? {};
  return {
    subject: { type: USER, id: session?.sub ?? '', ...withProperties({ iss: session?.iss, tenant: session?.tenant }) },
    resource: { type, id, ...withProperties({ sensitivity }) },
    action: { name: capability },
    context: { connectivity, interactive: interactive ?? true },
  };
}

function withProperties(properties: Properties): { readonly properties?: Properties } {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return known.length === 0 ? {} : { properties: Object.fromEntries(known) };
}

/** True when the subject is the person signed in here; also when nobody is, or nobody knows who, which is for the decision to say. */
export function isSelectedAccount(evaluation: unknown, facts: HostFacts): boolean {
  const session = member(facts, 'session');
  if (!isObject(session)) return true;
  const subject = member(evaluation, 'subject');
  const properties = member(subject, 'properties');
  return (
    member(subject, 'type') === USER &&
    member(subject, 'id') === (member(session, 'sub') ?? '') &&
    [undefined, member(session, 'iss')].includes(member(properties, 'iss')) &&
    [undefined, member(session, 'tenant')].includes(member(properties, 'tenant'))
  );
}

/**
 * The request that an evaluation stands for, on the facts that the host knows. The action is the capability; the resource
 * is taken with its `sensitivity`, which can only raise; of the context only `interactive` counts, and only when it is not
 * `true`. What cannot be read is kept unreadable, so that the decision is a deny. Facts that throw when they are read make
 * no request: that throws on, while `evaluate` answers it.
 */
export function requestOf(evaluation: unknown, facts: HostFacts): Request {
  const capability = member(member(evaluation, 'action'), 'name');
  const interactive = member(member(evaluation, 'context'), 'interactive');
  const request = {
    ...facts,
    capability,
    ...resourceOf(member(evaluation, 'resource'), capability),
    ...(interactive === undefined || interactive === true ? {} : { interactive: false }),
  };
  return request as unknown as Request;
}

function resourceOf(resource: unknown, capability: unknown): { readonly resource?: unknown } {
  const [type, id] = [member(resource, 'type'), member(resource, 'id')];
  const properties = member(resource, 'properties');
  if (typeof type !== 'string' || typeof id !== 'string' || (properties !== undefined && !isObject(properties)))
    return { resource: null };
  const sensitivity = member(properties, 'sensitivity');
  const raised = sensitivity === undefined ? {} : { sensitivity };
  return { resource: type === CAPABILITY && id === capability ? raised : { type, id, ...raised } };
}
