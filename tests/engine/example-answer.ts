/** A single constraint put before a write and a read, and what the simulator says of it. */
import { compile, decide, explain, type Constraint, type Explanation, type Program } from 'latchkey';
import { load } from 'latchkey/load';
import { decisionTitle } from '../../editor/lib/words/decision.ts';
import { sentenceOf } from '../../editor/lib/words/explanation.ts';
import { requestIn } from './situation.ts';

const PATHS: Readonly<Record<string, string>> = {
  change: '/capabilities/0/require/0',
  look: '/capabilities/1/require/0',
};

/** The example, as JSON, in front of a write and a read, both in a tier of little risk. */
export function programOf(example: string): Program {
  const require = [JSON.parse(example) as unknown];
  const loaded = load(
    JSON.stringify({
      language: 1,
      id: 'example',
      version: 1,
      facts: { job_value: { type: 'number' } },
      tiers: [{ id: 'A', sensitivity: 'internal', require: [] }],
      capabilities: [
        { id: 'change', tier: 'A', access: 'write', require },
        { id: 'look', tier: 'A', access: 'read', require },
      ],
    }),
  );
  if (!loaded.ok) throw new Error(`${example}\n${JSON.stringify(loaded.diagnostics, null, 1)}`);
  return compile(loaded.value.policy);
}

/** What the simulator says of a constraint, with its figures and, of a group, everything in it. */
function said(explanation: Explanation, constraint: Constraint): string {
  const { text, detail } = sentenceOf(explanation, constraint);
  const whole = detail === undefined ? text : `${text} (${detail})`;
  if (constraint.kind !== 'allOf' && constraint.kind !== 'anyOf') return whole;
  const parts = (explanation.of ?? []).map((part, index) => said(part, constraint.of[index] as Constraint));
  return `${whole} [${parts.join('; ')}]`;
}

const READING = /^reading, /;

interface Answer {
  readonly answer: string;
  readonly 'the simulator says': string;
}

/** What is answered to an attempt at a change; at a read, where the situation begins with `reading`. */
export function answerTo(program: Program, situation: string): Answer {
  const capability = READING.test(situation) ? 'look' : 'change';
  const request = requestIn(situation.replace(READING, ''), capability);
  const explanation = explain(program, request).find(({ path }) => path === PATHS[capability]);
  const constraint = program.policy.capabilities[0]?.require[0];
  if (explanation === undefined || constraint === undefined) throw new Error('the example is not there');
  return { answer: decisionTitle(decide(program, request)), 'the simulator says': said(explanation, constraint) };
}
