/** `latchkey decide`: what a policy answers to requests in a file. */
import { decide as decideOn } from '../decide.ts';
import { parse } from '../parse.ts';
import type { Program } from '../program.ts';
import { requestFromJson } from '../request-json.ts';
import type { Request } from '../request.ts';
import type { Command } from './command.ts';
import { inFile, readSource } from './files.ts';
import type { Io } from './io.ts';
import { loadProgram } from './load-program.ts';
import { renderDecisions, type Answer } from './render-decisions.ts';
import type { FileDiagnostic } from './render-diagnostic.ts';
import { renderProblems } from './report.ts';
import { worded } from './worded.ts';

export const decide: Command = {
  name: 'decide',
  synopsis: '<policy> --requests <file.ndjson | -> [--json]',
  summary: 'ask a policy, one request a line',
  details: [
    'Requests are JSON objects, one a line; blank lines are skipped and `-` reads standard input. Instants may be',
    'RFC 3339 date-times or epoch milliseconds. Every other line gets one decision, in the same order; one that is',
    'not JSON is also told on standard error and ends with 1. What is denied is an answer and ends with 0.',
  ].join(' '),
  options: {
    requests: { placeholder: '<file>', required: true, summary: 'the requests; `-` for standard input' },
    json: { summary: 'print one decision a line as JSON, with a message on each reason' },
  },
  operands: { least: 1, most: 1 },
  run: async (given, io) => {
    const loaded = loadProgram(io, given.operands[0] ?? '');
    const requests = await readRequests(given.value('requests') ?? '', io);
    const problems = [...(loaded.ok ? [] : loaded.problems), ...('problem' in requests ? [requests.problem] : [])];
    if (!loaded.ok || 'problem' in requests) {
      io.stderr(renderProblems(problems, loaded.ok ? [] : loaded.sources, io));
      return 1;
    }
    const answers = answer(loaded.value, requests);
    io.stdout(given.flag('json') ? answers.map(jsonLine).join('') : renderDecisions(answers, io));
    const unread = answers.flatMap(({ problem }) => problem ?? []);
    io.stderr(renderProblems(unread, [{ ...requests, bytes: new Uint8Array() }], io));
    return unread.length === 0 ? 0 : 1;
  },
};

interface Answered extends Answer {
  readonly problem?: FileDiagnostic;
}

interface Requests {
  readonly file: string;
  readonly text: string;
}

async function readRequests(file: string, io: Io): Promise<Requests | { readonly problem: FileDiagnostic }> {
  if (file === '-') return { file: '<stdin>', text: new TextDecoder().decode(await io.stdin()) };
  const read = readSource(io, file);
  return read.ok ? { file, text: read.source.text.replace(/^\ufeff/, '') } : { problem: read.problem };
}

function answer(program: Program, { file, text }: Requests): readonly Answered[] {
  return text.split(/\r\n|\n/).flatMap((written, index) => {
    if (written.trim() === '') return [];
    const line = index + 1;
    const request = parsed(written);
    // Not even JSON: the engine's own answer to something that is not a request keeps the lines paired.
    const decision = decideOn(program, (request.ok ? requestFromJson(request.value) : undefined) as Request);
    return request.ok ? { line, decision } : { line, decision, problem: notJson(file, line, written) };
  });
}

type ParsedLine = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

function parsed(written: string): ParsedLine {
  try {
    return { ok: true, value: JSON.parse(written) };
  } catch {
    return { ok: false };
  }
}

/** Node says little of where JSON goes wrong; the reader of documents says it well. */
function notJson(file: string, line: number, written: string): FileDiagnostic {
  const problem = parse(written).problems.findLast(({ code }) => code === 'invalid_json');
  const place = problem?.at;
  return {
    ...inFile(
      file,
      `not JSON, so it is decided as a request that cannot be read: ${problem?.message ?? 'unreadable'}`,
      'invalid_json',
    ),
    line,
    column: (typeof place === 'object' ? place.offset : 0) + 1,
    help: problem?.help ?? 'write one JSON object a line, without line breaks inside it',
  };
}

function jsonLine({ decision }: Answer): string {
  return `${JSON.stringify(worded(decision))}\n`;
}
