/** The facts that conditions may read: the built-in ones and those that the document declares. */
import { BUILT_IN_FACTS } from '../built-in-facts.ts';
import type { FactType } from '../policy.ts';
import { quote, type Problem } from '../problem.ts';
import { memberOf, membersOf, type Written } from './written.ts';

/** Types by name; `undefined` for a fact whose declaration cannot be read. */
export type FactTypes = ReadonlyMap<string, FactType | undefined>;

const TYPES: readonly unknown[] = ['boolean', 'number', 'string', 'string[]'] satisfies FactType[];

export function factTypes(document: Written): FactTypes {
  const declared = membersOf(memberOf(document, 'facts')).map((fact) => {
    const { value } = memberOf(fact, 'type');
    return [fact.key, TYPES.includes(value) ? (value as FactType) : undefined] as const;
  });
  return new Map([...declared, ...Object.entries(BUILT_IN_FACTS).map(([name, { type }]) => [name, type] as const)]);
}

/** Custom facts that take the name of a built-in one. */
export function builtInNames(document: Written): readonly Problem[] {
  return membersOf(memberOf(document, 'facts')).flatMap(({ key, pointer }): readonly Problem[] => {
    if (!Object.hasOwn(BUILT_IN_FACTS, key)) return [];
    const message = `${quote(key)} is a fact that is built in`;
    return [{ code: 'bad_id', pointer, at: 'key', message, help: 'choose another name, or remove it' }];
  });
}
