/** What objects are called: by their constructors, tags and names. */
import { constructorOf } from './forms.ts';

/** A data property, own or inherited, without running getters. */
export function ownOrInherited(value: object, key: PropertyKey): unknown {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor) return descriptor.value;
  }
  return undefined;
}

const functionName = (fn: unknown): string => {
  const name = typeof fn === 'function' ? Object.getOwnPropertyDescriptor(fn, 'name')?.value : '';
  return typeof name === 'string' ? name : '';
};

/** The name of the constructor an object is an instance of; null where it inherits nothing. */
export function nameOf(value: object): string | null {
  const chain: object[] = [];
  for (let at = Object.getPrototypeOf(value); at !== null; at = Object.getPrototypeOf(at)) chain.push(at);
  for (const at of [value, ...chain]) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    const name = functionName(constructor);
    if (name === '') continue;
    if (chain.includes(Object.getOwnPropertyDescriptor(constructor, 'prototype')?.value)) return name;
  }
  const [first] = chain;
  return first === undefined ? null : `Object <${nameOf(first) ?? '[Object: null prototype] {}'}>`;
}

/** `Symbol.toStringTag`, where it is not shown as a property of the object's own. */
export function tagOf(value: object): string {
  const tag = ownOrInherited(value, Symbol.toStringTag);
  const isShown = Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag);
  return typeof tag === 'string' && !isShown ? tag : '';
}

/** What stands in front of an object's brackets. */
export function prefixOf(constructor: string | null, tag: string, fallback: string, size = ''): string {
  const name = constructor === null ? `[${fallback}${size}: null prototype]` : `${constructor}${size}`;
  return tag !== '' && tag !== (constructor ?? fallback) ? `${name} [${tag}] ` : `${name} `;
}

/** A function or class as one word. */
export function functionText(fn: Function, constructor: string | null, tag: string): string {
  const name = functionName(fn);
  const other = tag !== '' && tag !== constructor ? ` [${tag}]` : '';
  if (isClass(fn)) {
    const parent = functionName(Object.getPrototypeOf(fn));
    const extended = constructor === null ? ' extends [null prototype]' : parent && ` extends ${parent}`;
    const kind = constructor === 'Function' || constructor === null ? '' : ` [${constructor}]`;
    return `[class ${name || '(anonymous)'}${kind}${other}${extended}]`;
  }
  const kind = /^(?:Async)?(?:Generator)?Function$/.test(tag) ? tag : 'Function';
  const label = name === '' ? ' (anonymous)' : `: ${name}`;
  const from = constructor === null ? ' (null prototype)' : '';
  const owner = constructor === null || constructor === kind ? '' : ` ${constructor}`;
  return `[${kind}${from}${label}]${owner}${other}`;
}

function isClass(fn: Function): boolean {
  const prototype = Object.getOwnPropertyDescriptor(fn, 'prototype');
  return constructorOf(fn) !== undefined && prototype !== undefined && !prototype.writable;
}
