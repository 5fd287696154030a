import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { ENDPOINTS } from '$lib/server/accounts/endpoints.ts';
import { writtenFiles } from '../structure/sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Calls whose type is put together from parts: the text of the type, and what it can be. */
const COMPOSED: Readonly<Record<string, () => readonly string[]>> = {
  '`revision.${origin}`': () => ['revision.submitted', 'revision.restored'],
  '`${step}.${outcome}`': () =>
    [...ENDPOINTS.values()].flatMap(({ step }) =>
      step === null
        ? []
        : ['intended', 'succeeded', 'continued', 'failed', 'throttled'].map((each) => `${step}.${each}`),
    ),
};

/**
 * Every type of entry that the server's code can record, read from its calls of `record`, `happening` and `appendEntry`.
 * A call whose type cannot be read is in `unreadable`, as `file: text`.
 */
export function recordedTypes(): { readonly types: ReadonlySet<string>; readonly unreadable: readonly string[] } {
  const types = new Set<string>();
  const unreadable: string[] = [];
  const files = writtenFiles().filter((file) => /^editor\/(lib\/server|routes|command)\/.*\.ts$/.test(file));
  for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    for (const written of typesWritten(source)) {
      const found = readType(written, source);
      if (found === null) unreadable.push(`${file}: ${written.getText()}`);
      else for (const type of found) types.add(type);
    }
  }
  return { types, unreadable };
}

/** The expressions that stand for a type in what is recorded. */
function typesWritten(source: ts.SourceFile): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const name = node.expression.getText().replace(/^.*\./, '');
      const [first] = node.arguments;
      if (name === 'happening' && first !== undefined) found.push(first);
      const entry = name === 'record' ? first : name === 'appendEntry' ? node.arguments[3] : undefined;
      if (entry !== undefined && ts.isObjectLiteralExpression(entry)) found.push(...typesIn(entry));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function typesIn(entry: ts.ObjectLiteralExpression): readonly ts.Expression[] {
  return entry.properties.flatMap((property) => {
    if (ts.isShorthandPropertyAssignment(property)) return property.name.text === 'type' ? [property.name] : [];
    return ts.isPropertyAssignment(property) && property.name.getText() === 'type' ? [property.initializer] : [];
  });
}

function readType(written: ts.Expression, source: ts.SourceFile): readonly string[] | null {
  if (ts.isStringLiteral(written)) return [written.text];
  if (ts.isConditionalExpression(written)) {
    const [yes, no] = [readType(written.whenTrue, source), readType(written.whenFalse, source)];
    return yes === null || no === null ? null : [...yes, ...no];
  }
  if (ts.isIdentifier(written)) {
    const value = valueOf(written.text, source);
    return value === null ? null : readType(value, source);
  }
  return COMPOSED[written.getText()]?.() ?? null;
}

/** What a constant of this name holds. */
function valueOf(name: string, source: ts.SourceFile): ts.Expression | null {
  let value: ts.Expression | null = null;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer !== undefined) {
      value = node.initializer;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return value;
}
