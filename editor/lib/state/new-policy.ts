/** Something that a new policy can begin with. */
export interface Template {
  /** Empty for the small one. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** How many timelines come with it. */
  readonly timelines: number;
}
