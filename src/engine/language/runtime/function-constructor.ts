/** `Function` and its kin as values: they can be compared with, and refuse to make code from text. */

const kinds = [() => {}, function* () {}, async () => {}, async function* () {}] as const;

/**
 * The `Function` of snippets. Every function of the realm says it was made by it (and likewise for generator and
 * async functions), so that the computer's own constructor, which could reach out of the snippet, is not found.
 */
export function makeFunctionConstructor(): Function {
  const [plain, ...others] = kinds.map(refusal);
  for (const other of others) Object.setPrototypeOf(other as Function, plain as Function);
  return plain as Function;
}

function refusal(kind: Function): Function {
  const prototype = Object.getPrototypeOf(kind) as object;
  const { name } = (prototype as { constructor: Function }).constructor;
  const holder = {
    [name]: (): never => {
      throw new EvalError(
        `${name}() does not exist in a snippet: code cannot be made from text; write a function`,
      );
    },
  };
  const constructor = holder[name] as Function;
  Object.defineProperty(constructor, 'length', { value: 1, configurable: true });
  Object.defineProperty(constructor, 'prototype', { value: prototype, writable: false });
  const { writable, ...descriptor } = Object.getOwnPropertyDescriptor(prototype, 'constructor') ?? {};
  Object.defineProperty(prototype, 'constructor', {
    ...descriptor,
    writable: writable ?? true,
    value: constructor,
  });
  return constructor;
}
