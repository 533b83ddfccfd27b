/** `Function` and its kin as values: they can be compared with and extended, and refuse to make code from text. */
import type { Intrinsics } from './intrinsics.ts';

/**
 * The `Function` of snippets. Every function of the realm says it was made by it (and likewise for generator and
 * async functions), so that the computer's own constructor, which could reach out of the snippet, is not found.
 */
export function makeFunctionConstructor(intrinsics: Intrinsics): Function {
  const constructor = refusal('Function', Function.prototype, true);
  for (const [name, prototype] of [
    ['GeneratorFunction', intrinsics.GeneratorFunctionPrototype],
    ['AsyncFunction', intrinsics.AsyncFunctionPrototype],
    ['AsyncGeneratorFunction', intrinsics.AsyncGeneratorFunctionPrototype],
  ] as const)
    Object.setPrototypeOf(refusal(name, prototype, false), constructor);
  return constructor;
}

function refusal(name: string, prototype: object, writable: boolean): Function {
  // A class may extend it, so it has to be a constructor, which an arrow or a method is not.
  function refuse(this: unknown): never {
    throw new EvalError(
      `${name}() does not exist in a snippet: code cannot be made from text; write a function`,
    );
  }
  Object.defineProperty(refuse, 'name', { value: name, configurable: true });
  Object.defineProperty(refuse, 'length', { value: 1, configurable: true });
  Object.defineProperty(refuse, 'prototype', { value: prototype, writable: false });
  Object.defineProperty(prototype, 'constructor', {
    value: refuse,
    writable,
    enumerable: false,
    configurable: true,
  });
  return refuse;
}
