import type { Choice } from './history-page.ts';
import type { ReleaseLine } from './in-force-page.ts';

/** Something to look at in a release, in words. */
export interface FindingLine {
  readonly text: string;
  /** Whether it breaks the rule that one pair of hands is not enough; otherwise it is only good to know. */
  readonly breaks: boolean;
}

/** A release with everybody who had a hand in it; all are names. */
export interface DutiesLine extends ReleaseLine {
  readonly author: string;
  /** Who wrote in it besides the author. */
  readonly helpers: readonly string[];
  readonly lookedBackBy: readonly string[];
  readonly findings: readonly FindingLine[];
}

/** Who wrote, approved and published each release. */
export interface SeparationPage {
  /** Newest first. */
  readonly lines: readonly DutiesLine[];
  /** Releases in all, and those among them that break the rule, in the chosen environment. */
  readonly all: number;
  readonly breaking: number;
  readonly environment: string | null;
  /** Whether only releases that break the rule are shown. */
  readonly onlyBreaking: boolean;
  readonly environments: readonly Choice[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}
