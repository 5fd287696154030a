/** What of json-rules-engine 7 is used. The library itself stays the host's: it is handed over, never imported. */

export type EngineCondition =
  | { all: EngineCondition[]; name: string }
  | { any: EngineCondition[]; name: string }
  | { fact: string; params: Record<string, unknown>; operator: string; value: unknown; name: string };

/** A rule as JSON. Its lists are of the library's kind, which may change. */
export interface EngineRule {
  name: string;
  conditions: { all: EngineCondition[] };
  event: { type: string; params: Record<string, unknown> };
}

export interface RulesAlmanac {
  factValue(id: string, params?: Record<string, unknown>): Promise<unknown>;
}

export interface RulesEngine {
  addRule(rule: EngineRule): unknown;
  addFact(
    id: string,
    value: (params: Record<string, unknown>, almanac: RulesAlmanac) => Promise<unknown>,
    options: { cache: boolean },
  ): unknown;
}

/** The class `Engine` of json-rules-engine 7. */
export type EngineClass<E extends RulesEngine> = new (
  rules: [],
  options: { allowUndefinedFacts: boolean; replaceFactsInEventParams: boolean },
) => E;
