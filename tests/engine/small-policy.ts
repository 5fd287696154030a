/** A valid policy with one capability, `it`, and the members given: what a test is about, and nothing beside it. */
export function small(members: object, capability: object = {}): string {
  return JSON.stringify({
    language: 1,
    id: 'small',
    version: 1,
    tiers: [{ id: 'low', sensitivity: 'internal', require: [] }],
    capabilities: [{ id: 'it', tier: 'low', access: 'write', ...capability }],
    ...members,
  });
}
