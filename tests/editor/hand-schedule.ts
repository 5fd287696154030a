import type { Schedule } from '$lib/state/workspace.svelte.ts';

/** A schedule turned by hand: `waiting` says for what, `run` runs it. */
export class HandSchedule {
  #jobs: { readonly run: () => void; readonly after: 'frame' | number }[] = [];

  readonly schedule: Schedule = (run, after) => {
    const job = { run, after };
    this.#jobs.push(job);
    return () => (this.#jobs = this.#jobs.filter((other) => other !== job));
  };

  get waiting(): readonly ('frame' | number)[] {
    return this.#jobs.map(({ after }) => after);
  }

  run(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    for (const job of jobs) job.run();
  }
}
