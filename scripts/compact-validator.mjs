// Makes ajv’s standalone code small: what it writes out for every fault, key and reference becomes a call.
import ts from 'typescript';

const { factory } = ts;

/** Of a validator’s context only the place is ever used. */
const PLACE = 'instancePath';
/** Keywords whose faults say something that the schema does not. */
const TELLING = new Set(['additionalProperties', 'required', 'dependentRequired', 'discriminator']);

/** `vErrors` is one list from start to end: copying it at every step, as ajv does, takes minutes for a long wrong one. */
const RUNTIME = `
function fault(errors, instancePath, keyword, parentSchema, data, params = {}) {
  errors.push({ instancePath, keyword, parentSchema, data, params });
}
function missing(errors, path, schema, data) {
  for (const missingProperty of schema.required)
    if (data[missingProperty] === undefined) fault(errors, path, 'required', schema, data, { missingProperty });
}
function unknown(errors, path, schema, data) {
  for (const additionalProperty in data)
    if (!Object.hasOwn(schema.properties, additionalProperty))
      fault(errors, path, 'additionalProperties', schema, data, { additionalProperty });
}
function within(errors, validate, data, path) {
  if (!validate(data, path)) for (const error of validate.errors) errors.push(error);
}
function member(errors, validate, data, path, key) {
  if (data[key] !== undefined) within(errors, validate, data[key], path + '/' + key);
}
function isObject(data) {
  return typeof data == 'object' && data !== null && !Array.isArray(data);
}
`;

/** The same validators in less code. Throws when ajv writes what this does not know. */
export function compactValidator(source) {
  const file = ts.createSourceFile('validator.js', listed(source), ts.ScriptTarget.ES2022, true);
  const { transformed } = ts.transform(file, [
    (context) => (root) => ts.visitEachChild(root, visitor(context), context),
  ]);
  const code = ts.createPrinter().printFile(transformed[0]);
  const left = /parentData|rootData|dynamicAnchors|\.evaluated\b|(?<!const )vErrors = |[^.]\berrors\+\+/.exec(code);
  if (left !== null) throw new Error(`ajv has a use for ${left[0]} that is new`);
  return code + RUNTIME;
}

/** One list of errors for each validator, in place of a list and a count. */
function listed(source) {
  return source
    .replaceAll('let vErrors = null;let errors = 0;', 'const vErrors = [];')
    .replaceAll(
      /const (err\d+) = (\{[^;]*?\});if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g,
      'vErrors.push($2);',
    )
    .replaceAll(
      /vErrors = vErrors === null \? ([\w.]+)\.errors : vErrors\.concat\(\1\.errors\);errors = vErrors\.length;/g,
      'vErrors.push(...$1.errors);',
    )
    .replaceAll(
      /errors = (_errs\d+);if\(vErrors !== null\)\{if\(\1\)\{vErrors\.length = \1;\}else \{vErrors = null;\}\}/g,
      'vErrors.length = $1;',
    )
    .replaceAll(/(?<![.\w])errors(?![\w:])/g, 'vErrors.length');
}

function visitor(context) {
  const visit = (node) => {
    const deeper = ts.visitEachChild(node, visit, context);
    if (ts.isBlock(deeper)) return factory.updateBlock(deeper, withoutRepeats(deeper.statements));
    return call(deeper) ?? placeOf(deeper) ?? deeper;
  };
  return visit;
}

/** The call that says the same as a node, for the nodes that ajv writes again and again. */
function call(node) {
  if (ts.isIfStatement(node)) return referenceCall(node) ?? memberCall(node) ?? requiredCall(node) ?? enumTest(node);
  if (ts.isForInStatement(node)) return unknownCall(node);
  if (ts.isParameter(node) && ts.isObjectBindingPattern(node.name))
    return factory.createParameterDeclaration(undefined, undefined, PLACE, undefined, undefined, text(''));
  if (ts.isBinaryExpression(node)) return objectTest(node);
  return ts.isCallExpression(node) ? faultCall(node) : undefined;
}

/** `vErrors.push({ … })` of an error. */
function faultCall(node) {
  const [error] = node.arguments;
  if (written(node.expression) !== 'vErrors.push' || error === undefined || !ts.isObjectLiteralExpression(error))
    return undefined;
  const members = membersOf(error);
  if (!members.has('keyword')) return undefined;
  const keyword = members.get('keyword').text;
  const used = [PLACE, 'keyword', 'parentSchema', 'data'].map((name) => members.get(name));
  if (TELLING.has(keyword)) used.push(members.get('params'));
  return called('fault', used);
}

/** The fault that a block consists of: its arguments. */
function faultOf(statement) {
  const [only, more] = statement.statements ?? [];
  const expression = more === undefined ? only?.expression : undefined;
  return expression?.expression?.text === 'fault' ? expression.arguments.slice(1) : undefined;
}

/** `if (data.key === undefined) { fault(… required …) }`, of the schema itself. */
function requiredCall({ thenStatement, elseStatement }) {
  const [path, keyword, schema, data] = faultOf(thenStatement) ?? [];
  if (elseStatement !== undefined || keyword?.text !== 'required') return undefined;
  return statementOf('missing', [path, schema, data]);
}

/** `if (!(data === "a" || data === "b")) { fault(… enum …) }`: the words stand in the schema already. */
function enumTest({ thenStatement, elseStatement }) {
  const [, keyword, schema, data] = faultOf(thenStatement) ?? [];
  if (elseStatement !== undefined || keyword?.text !== 'enum') return undefined;
  const words = factory.createPropertyAccessExpression(schema, 'enum');
  const has = factory.createCallExpression(factory.createPropertyAccessExpression(words, 'includes'), undefined, [
    data,
  ]);
  return factory.createIfStatement(factory.createLogicalNot(has), thenStatement);
}

/** `for (const key in data) { if (!(key === "a" || …)) { fault(… additionalProperties …) } }` without patterns. */
function unknownCall({ statement }) {
  const [test, more] = statement.statements ?? [];
  if (more !== undefined || test === undefined || !ts.isIfStatement(test)) return undefined;
  const [path, keyword, schema, data] = faultOf(test.thenStatement) ?? [];
  if (keyword?.text !== 'additionalProperties' || /pattern\d/.test(written(test.expression))) return undefined;
  return statementOf('unknown', [path, schema, data]);
}

/** `if (!(validate(data, place))) { vErrors.push(...validate.errors) }`. */
function referenceCall({ expression, thenStatement, elseStatement }) {
  const spread = thenStatement.statements?.[0]?.expression?.arguments?.[0];
  if (elseStatement !== undefined || spread === undefined || !ts.isSpreadElement(spread)) return undefined;
  let validation = expression.operand;
  while (ts.isParenthesizedExpression(validation)) validation = validation.expression;
  return statementOf('within', [validation.expression, ...validation.arguments]);
}

/** `if (data.key !== undefined) { within(vErrors, validate, data.key, place + "/key") }`. */
function memberCall({ expression, thenStatement, elseStatement }) {
  const [only, more] = thenStatement.statements ?? [];
  const [, validate, value, place] = only?.expression?.arguments ?? [];
  if (elseStatement !== undefined || more !== undefined || only?.expression?.expression?.text !== 'within')
    return undefined;
  if (written(expression) !== `${written(value)} !== undefined` || !ts.isPropertyAccessExpression(value))
    return undefined;
  const key = value.name.text;
  if (!written(place).replaceAll(' ', '').endsWith(`+"/${key}"`)) return undefined;
  return statementOf('member', [validate, value.expression, place.left, text(key)]);
}

/** `data && typeof data == "object" && !Array.isArray(data)`. */
function objectTest(node) {
  const match = /^\(?(\w+) && typeof \1 == "object"\)? && !Array\.isArray\(\1\)$/.exec(written(node));
  return match === null ? undefined : called('isObject', [factory.createIdentifier(match[1])], false);
}

/** The place alone, for the context that one validator hands to another. */
function placeOf(node) {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const members = membersOf(node);
  return members.has('parentData') && members.has('rootData') ? members.get(PLACE) : undefined;
}

/** One call tells all the keys that are missing. */
function withoutRepeats(statements) {
  let before = '';
  return statements.filter((statement) => {
    const name = statement.expression?.expression?.text;
    const again = name === 'missing' && before === name;
    before = name;
    return !again;
  });
}

function called(name, given, withErrors = true) {
  const all = withErrors ? [factory.createIdentifier('vErrors'), ...given] : given;
  return factory.createCallExpression(factory.createIdentifier(name), undefined, all);
}

function statementOf(name, given) {
  return factory.createExpressionStatement(called(name, given));
}

function membersOf(node) {
  return new Map(node.properties.map((each) => [each.name?.text, each.initializer ?? each.name]));
}

/** As ajv wrote it. */
function written(node) {
  return ts.getOriginalNode(node).getText();
}

function text(value) {
  return factory.createStringLiteral(value);
}
