/** A policy document as a large app has one, laid out as the editor writes it. */
export function largePolicy(of: {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly capabilities: number;
}): string {
  const { id, version, title } = of;
  const tiers = [
    {
      id: 'A',
      sensitivity: 'internal',
      require: [{ kind: 'maxAge', of: 'serverConfirmation', limit: '7d' }],
    },
    {
      id: 'B',
      sensitivity: 'confidential',
      require: [
        { kind: 'maxAge', of: 'serverConfirmation', limit: '1d' },
        { kind: 'stepUp', maxAge: '10m' },
      ],
    },
  ];
  const capabilities = Array.from({ length: of.capabilities - 1 }, (_, index) => ({
    id: `area${index % 12}.do_something_${index}`,
    title: `Do the thing that people call number ${index}`,
    tier: index % 3 === 0 ? 'B' : 'A',
    access: index % 2 === 0 ? 'read' : 'write',
  }));
  const all = [{ id: 'note.view', tier: 'A', access: 'read' }, ...capabilities];
  return `${JSON.stringify({ language: 1, id, version, title, tiers, capabilities: all }, null, 2)}\n`;
}
