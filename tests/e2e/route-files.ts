import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A way in, as the files say: `GET /policies/[id]`, `POST /settings/people?/invite`. */
export interface Way {
  readonly name: string;
  readonly method: string;
  /** The route with its parameters in brackets. */
  readonly route: string;
  /** The form’s action, such as `invite`; null for a form without a name, and where there is no form. */
  readonly action: string | null;
  readonly page: boolean;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'fallback']);

/** Every way in that the files below a folder of routes offer. Throws where a file says it in a way that is not read here. */
export function waysIn(folder: string): readonly Way[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const found = new Map<string, Way>();
  const add = (way: Way): void => void found.set(way.name, way);
  for (const file of files) {
    const name = path.posix.basename(file);
    const route = `/${path.posix.dirname(file) === '.' ? '' : path.posix.dirname(file)}`;
    if (/^\+page(\.server)?\.(svelte|ts|js)$/.test(name)) {
      add({ name: `GET ${route}`, method: 'GET', route, action: null, page: true });
    }
    if (/^\+page\.server\.(ts|js)$/.test(name)) {
      for (const action of actionsIn(path.join(folder, file))) {
        const named = action === 'default' ? null : action;
        const label = `POST ${route}${named === null ? '' : `?/${named}`}`;
        add({ name: label, method: 'POST', route, action: named, page: true });
      }
    }
    if (/^\+server\.(ts|js)$/.test(name)) {
      for (const method of exportsIn(path.join(folder, file)).filter((exported) => METHODS.has(exported))) {
        add({ name: `${method} ${route}`, method, route, action: null, page: false });
      }
    }
  }
  return [...found.values()];
}

function read(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** The names a module exports; a list of exports is read, `export *` is not. */
function exportsIn(file: string): readonly string[] {
  return read(file).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (exportClause === undefined || !ts.isNamedExports(exportClause)) throw new Error(`${file}: export by name`);
      return exportClause.elements.map((element) => element.name.text);
    }
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!exported) return [];
    if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? ''];
    return ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map((declared) => declared.name.getText())
      : [];
  });
}

/** The names of a page’s form actions, which are written as one object in its own file. */
function actionsIn(file: string): readonly string[] {
  if (!exportsIn(file).includes('actions')) return [];
  const declared = read(file)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText() === 'actions');
  let value = declared?.initializer;
  while (value !== undefined && (ts.isSatisfiesExpression(value) || ts.isAsExpression(value))) value = value.expression;
  if (value === undefined || !ts.isObjectLiteralExpression(value)) throw new Error(`${file}: actions are one object`);
  return value.properties.map((property) => {
    if (property.name === undefined || !ts.isIdentifier(property.name)) throw new Error(`${file}: name each action`);
    return property.name.text;
  });
}
