/**
 * Prototypes of generators and async functions as snippets see them. They stand beside the language's own, because the
 * engine's frames are native generators and have to keep native methods.
 */
import { hide } from './builtin.ts';

/** Prototypes of the reader's generator and async functions, and of the objects they make. */
export interface Intrinsics {
  readonly GeneratorFunctionPrototype: object;
  readonly GeneratorPrototype: object;
  readonly AsyncFunctionPrototype: object;
  readonly AsyncGeneratorFunctionPrototype: object;
  readonly AsyncGeneratorPrototype: object;
  readonly AsyncIteratorPrototype: object;
}

/** Make them, without methods. */
export function makeIntrinsics(): Intrinsics {
  const IteratorPrototype = Iterator.prototype as object;
  const AsyncIteratorPrototype = {
    [Symbol.asyncIterator](): unknown {
      return this;
    },
  };
  const tagged = (prototype: object, tag: string): object => {
    const object = Object.create(prototype) as object;
    Object.defineProperty(object, Symbol.toStringTag, { value: tag, configurable: true });
    return object;
  };
  const asHidden = (target: object) =>
    hide(target, Symbol.asyncIterator, (target as never)[Symbol.asyncIterator]);
  asHidden(AsyncIteratorPrototype);
  const intrinsics = {
    GeneratorFunctionPrototype: tagged(Function.prototype, 'GeneratorFunction'),
    GeneratorPrototype: tagged(IteratorPrototype, 'Generator'),
    AsyncFunctionPrototype: tagged(Function.prototype, 'AsyncFunction'),
    AsyncGeneratorFunctionPrototype: tagged(Function.prototype, 'AsyncGeneratorFunction'),
    AsyncGeneratorPrototype: tagged(AsyncIteratorPrototype, 'AsyncGenerator'),
    AsyncIteratorPrototype,
  };
  link(intrinsics.GeneratorFunctionPrototype, intrinsics.GeneratorPrototype);
  link(intrinsics.AsyncGeneratorFunctionPrototype, intrinsics.AsyncGeneratorPrototype);
  return intrinsics;
}

/** `%GeneratorFunction.prototype%` and `%GeneratorPrototype%` name each other. */
function link(functions: object, objects: object): void {
  Object.defineProperty(functions, 'prototype', { value: objects, configurable: true });
  Object.defineProperty(objects, 'constructor', { value: functions, configurable: true });
}
