/** The part of json-logic-js that is measured; the package brings no types. */
declare module 'json-logic-js' {
  const jsonLogic: { readonly apply: (rule: unknown, facts: unknown) => unknown };
  export default jsonLogic;
}
