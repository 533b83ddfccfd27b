/** Properties: `o.x`, `o[i]`, `super.x`, `o.#x`; each load and store an access at the property's address. */
import { type Node, unwrap } from './ast.ts';
import type { Context } from './context.ts';
import { expression, thisValue } from './expressions.ts';
import { STORED } from './sprint.ts';
import { stable } from './variables.ts';

/** A property reference whose object and key have been evaluated. */
export interface Reference {
  /** Code, each part ending in a comma, that evaluates object and key; run it once, first. */
  readonly setup: string;
  /** Code of the object, for a call's `this`. */
  readonly object: string;
  /** Code that loads the property, with its access. */
  load(): string;
  /** Code that stores repeatable code `value`, with its access. */
  store(value: string): string;
  /** Code that deletes the property, with its access. */
  remove(): string;
  /** Code that loads without an access: a method about to be called. */
  method(): string;
  /** Temporaries to release. */
  readonly temps: readonly string[];
}

/** Evaluate a member expression's object and key into a reference. */
export function reference(cx: Context, node: Node, object?: string): Reference {
  if (node.object.type === 'Super') return superReference(cx, node);
  const temps: string[] = [];
  let setup = '';
  let target = object ?? stable(cx, unwrap(node.object));
  if (target === null) {
    const temp = cx.temp();
    temps.push(temp);
    setup = `${temp}=${expression(cx, node.object)},`;
    target = temp;
  }
  if (node.property.type === 'PrivateName') return privateReference(cx, node, setup, target, temps);
  if (!node.computed) return namedReference(cx, node, setup, target, temps);
  return elementReference(cx, node, setup, target, temps);
}

const isGlobalObject = (node: Node): boolean => {
  const inner = unwrap(node);
  return (
    inner.type === 'Identifier' && !inner.binding && inner.name !== 'globalThis' && inner.name !== 'arguments'
  );
};

function namedReference(cx: Context, node: Node, setup: string, object: string, temps: string[]): Reference {
  const { name } = node.property;
  const key = `${object}.${name}`;
  const builtIn = isGlobalObject(node.object);
  let find: ReturnType<typeof cx.unit.keyAccess> | null = null;
  const access = (kind: 'load' | 'store'): string => {
    if (builtIn || cx.plain) return '';
    find ??= cx.unit.keyAccess(name);
    const site = cx.site(node.property, kind, `.${name}`);
    return `${cx.stopAt(find(object, site, kind === 'store'), site)},/*${site}*/`;
  };
  return {
    setup,
    object,
    temps,
    load: () => `(${access('load')}${cx.loaded(key)})`,
    store: (value) =>
      `(${access('store')}${cx.stored(value, [object], (stored, target) => `${target}.${name}=${stored}`)}${STORED})`,
    remove: () => `(${access('store')}${cx.deleted(object)}delete ${key})`,
    method: () => `/*${cx.site(node.property, 'load', `.${name}`)}*/${key}`,
  };
}

function elementReference(
  cx: Context,
  node: Node,
  setup: string,
  object: string,
  temps: string[],
): Reference {
  let index = stable(cx, unwrap(node.property));
  if (index === null) {
    const temp = cx.temp();
    temps.push(temp);
    setup += `${temp}=${expression(cx, node.property)},`;
    index = temp;
  }
  const key = `${object}[${index}]`;
  const access = (kind: 'load' | 'store'): string => {
    if (cx.plain) return '';
    const site = cx.site(node.property, kind, elementName(node));
    const access = cx.unit.elementAccess(object, index, site, kind === 'store');
    return `${cx.stopAt(access, site)},/*${site}*/`;
  };
  return {
    setup,
    object,
    temps,
    load: () => `(${access('load')}${cx.loaded(key)})`,
    store: (value) =>
      `(${access('store')}${cx.stored(value, [object, index], (stored, target, at) => `${target}[${at}]=${stored}`)}${STORED})`,
    remove: () => `(${access('store')}${cx.deleted(object)}delete ${key})`,
    method: () => key,
  };
}

function elementName(node: Node): string {
  const object = unwrap(node.object);
  return object.type === 'Identifier' ? `${object.name}[]` : '[]';
}

function privateReference(
  cx: Context,
  node: Node,
  setup: string,
  object: string,
  temps: string[],
): Reference {
  const name: string = node.property.id.name;
  const helper = cx.privates.get(name) as string;
  const find = cx.unit.keyAccess(`#${name}`);
  const access = (kind: 'load' | 'store'): string => {
    const site = cx.site(node.property, kind, `.#${name}`);
    return `${cx.stopAt(find(object, site, kind === 'store'), site)},/*${site}*/`;
  };
  return {
    setup,
    object,
    temps,
    load: () => `(${access('load')}${cx.loaded(`${helper}.get(${object})`)})`,
    store: (value) =>
      `(${access('store')}${cx.stored(value, [object], (stored, target) => `${helper}.set(${target},${stored})`)}${STORED})`,
    remove: () => 'void 0',
    method: () => `${helper}.get(${object})`,
  };
}

/** `super.x`: looked up from the home object, with the current `this`. */
function superReference(cx: Context, node: Node): Reference {
  const self = thisValue(cx);
  let setup = `${self},`;
  const temps: string[] = [];
  let key = node.computed ? null : JSON.stringify(node.property.name);
  if (key === null) {
    key = cx.temp();
    temps.push(key);
    setup += `${key}=${expression(cx, node.property)},`;
  }
  const home = cx.home as string;
  return {
    setup,
    object: self,
    temps,
    load: () => `$.superGet(${home},${key},${self})`,
    store: (value) => `$.superSet(${home},${key},${self},${value})`,
    remove: () => `$.superDelete(${key})`,
    method: () => `$.superGet(${home},${key},${self})`,
  };
}

/** Code for a member expression: its value, or its deletion. */
export function loadMember(cx: Context, node: Node, what: 'load' | 'delete'): string {
  const ref = reference(cx, node);
  const code = what === 'load' ? ref.load() : ref.remove();
  cx.release(...ref.temps);
  return ref.setup === '' ? code : `(${ref.setup}${code})`;
}
