/** A request read for a program: its facts, the capability it is about, the level in force, and what applies. */
import type { Check } from './constraints/index.ts';
import { Facts, NONE, owned, ownedRequest, word, type Owned } from './facts.ts';
import { RESTRICTED, type CompiledCapability, type Level, type Program } from './program.ts';
import { SENSITIVITY, type Instant } from './request.ts';

/** The capability asked for; `""` when none is named in text. */
export function nameIn({ capability }: Owned): string {
  return typeof capability === 'string' ? capability : '';
}

export class Case extends Facts {
  readonly program: Program;
  /** The capability, if the program has it. */
  declare readonly asked: CompiledCapability | undefined;
  /** The tier's or the request's, whichever is higher. */
  readonly level: Level;
  /** False when `resource` or its sensitivity could not be read. */
  readonly readable: boolean;
  readonly checks: readonly Check[];

  /** Reads a request of any shape; `now`, when given, stands in for its own. */
  constructor(program: Program, given: unknown, now?: Instant) {
    const request = ownedRequest(given);
    const asked = program.capabilities.get(nameIn(request));
    super(request, asked, program.policy.clock, now);
    const resource = owned(request.resource);
    const named = resource && word(resource.sensitivity, SENSITIVITY);
    const raised = named ? SENSITIVITY.indexOf(named) : named === null ? RESTRICTED : 0;
    this.program = program;
    this.level = Math.max(raised, asked?.level ?? RESTRICTED) as Level;
    this.readable = named !== null;
    this.checks = (this.timed && asked?.checks[this.level]) || NONE;
  }
}
