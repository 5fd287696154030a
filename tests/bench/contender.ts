/** Whatever answers the benchmark's requests: ours, code written by hand, and the libraries one might take instead. */
import type { Policy, Request } from 'latchkey';
import type { Asked } from './capabilities.ts';
import type { CapabilityId } from './requests.ts';

/** What a contender is built from. */
export interface Given {
  readonly capabilities: readonly Asked[];
  /** Which of the three each capability is like. */
  readonly like: ReadonlyMap<string, CapabilityId>;
  /** The policy as people write it. */
  readonly text: string;
  /** The same, read, checked and normalized. */
  readonly policy: Policy;
}

type Answer = boolean | Promise<boolean>;

/** A contender that is ready to answer. */
export interface Panel {
  /** A request as this contender takes it. Never measured. */
  readonly prepare: (request: Request) => unknown;
  /** Takes only what `prepare` gave. */
  readonly permits: (prepared: unknown) => Answer;
}

export interface Contender {
  readonly name: string;
  /** Its file in `contenders/`, and its name there. */
  readonly file: string;
  readonly exported: string;
  /** The package it comes in; none for code that the app's developers write themselves. */
  readonly package?: string;
  /** What an app imports of it, to weigh. */
  readonly imports: string;
  /** How it is set up, and why so. */
  readonly setUp: string;
  /** The answers must be awaited. */
  readonly awaited?: true;
  /** How many of the requests one measured pass asks, where all of them would take too long. */
  readonly share?: number;
  /** From rules to something that answers. */
  readonly build: (given: Given) => Panel | Promise<Panel>;
}

/** Ties together how a request is prepared and how it is answered; to everyone else the form between is opaque. */
export function panel<Prepared>(
  prepare: (request: Request) => Prepared,
  permits: (prepared: Prepared) => Answer,
): Panel {
  return { prepare, permits: permits as (prepared: unknown) => Answer };
}
