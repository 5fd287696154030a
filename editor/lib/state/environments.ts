/** Where apps run, as settings show it. */
export interface ListedEnvironment {
  readonly id: string;
  readonly title: string;
  /** Whether publishing there needs an approval by somebody else. */
  readonly requiresApproval: boolean;
}

/** An id that fits a title, such as `staging-eu` for “Staging (EU)”; empty when the title suggests none. */
export function environmentId(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 32)
    .replace(/-+$/, '');
}
