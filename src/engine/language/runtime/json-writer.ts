/** `JSON.stringify` where it calls the reader's code: `SerializeJSONProperty` of ECMA-262, suspendable in `toJSON` and in the replacer. */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine } from './builtin.ts';
import { TICKS_PER_TURN } from './callback.ts';
import { nameOf } from './object-names.ts';
import type { Runtime } from './runtime.ts';

/** Objects of a circle that its error names behind the first. */
const NAMED_BEHIND_FIRST = 2;

type Holder = Record<string, unknown>;

/** How the text is to be made. */
export interface JsonStyle {
  /** Called for every property, where it is a function. */
  readonly replacer: Function | null;
  /** The only properties of objects to be written, in this order. */
  readonly keys: readonly string[] | null;
  readonly gap: string;
}

/** One text being written. */
export class JsonWriter {
  private readonly rt: Runtime;
  private readonly style: JsonStyle;
  private indentation = '';
  /** The objects around the value, each with the key that led to it. */
  private readonly path: { readonly key: string; readonly object: object }[] = [];

  constructor(rt: Runtime, style: JsonStyle) {
    this.rt = rt;
    this.style = style;
  }

  /** The text of a holder's property; undefined for what JSON has no text for. */
  *property(holder: Holder, key: string): Routine<string | undefined> {
    const { rt } = this;
    rt.fuel[0] = (rt.fuel[0] as number) - TICKS_PER_TURN;
    if ((rt.fuel[0] as number) < 0) yield;
    const value = yield* this.replaced(holder, key);
    if (value === null) return 'null';
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value);
      case 'number':
        return Number.isFinite(value) ? String(value) : 'null';
      case 'boolean':
        return String(value);
      case 'bigint':
        throw new TypeError('Do not know how to serialize a BigInt');
      case 'object':
        return isRaw(value) ? value.rawJSON : yield* this.object(value, key);
      default:
        return undefined;
    }
  }

  /** What stands for a property's value: by its `toJSON`, the replacer, and what a boxed value holds. */
  private *replaced(holder: Holder, key: string): Routine<unknown> {
    const { rt, style } = this;
    let value = holder[key];
    if (isObject(value) || typeof value === 'bigint') {
      const toJson = (value as { toJSON?: unknown }).toJSON;
      if (typeof toJson === 'function') {
        value = rt.call1(toJson, value, key);
        if (value === SUSPENDED) value = yield;
      }
    }
    if (style.replacer !== null) {
      value = rt.call2(style.replacer, holder, key, value);
      if (value === SUSPENDED) value = yield;
    }
    return unboxed(value);
  }

  private *object(object: object, key: string): Routine<string> {
    const start = this.path.findIndex((step) => step.object === object);
    if (start >= 0) throw new TypeError(this.circle(start, key));
    this.path.push({ key, object });
    const outer = this.indentation;
    this.indentation += this.style.gap;
    const isList = Array.isArray(object);
    const parts = isList ? yield* this.elements(object) : yield* this.members(object as Holder);
    const text = this.joined(parts, isList ? '[]' : '{}', outer);
    this.indentation = outer;
    this.path.pop();
    return text;
  }

  private *elements(list: readonly unknown[]): Routine<string[]> {
    const parts: string[] = [];
    const { length } = list;
    for (let i = 0; i < length; i++)
      parts.push((yield* this.property(list as unknown as Holder, String(i))) ?? 'null');
    return parts;
  }

  private *members(object: Holder): Routine<string[]> {
    const parts: string[] = [];
    const colon = this.style.gap === '' ? ':' : ': ';
    for (const key of this.style.keys ?? Object.keys(object)) {
      const text = yield* this.property(object, key);
      if (text !== undefined) parts.push(JSON.stringify(key) + colon + text);
    }
    return parts;
  }

  private joined(parts: readonly string[], brackets: string, outer: string): string {
    if (parts.length === 0) return brackets;
    const [open, close] = brackets;
    if (this.style.gap === '') return open + parts.join(',') + close;
    return `${open}\n${this.indentation}${parts.join(`,\n${this.indentation}`)}\n${outer}${close}`;
  }

  /** The error of an object that contains itself, in V8's words. */
  private circle(start: number, key: string): string {
    const [first, ...rest] = this.path.slice(start).map(({ key: name, object }, i) => {
      const made = `object with constructor '${nameOf(object) ?? 'Object'}'`;
      return i === 0 ? `    --> starting at ${made}` : `    |     ${keyWords(name)} -> ${made}`;
    });
    if (rest.length > NAMED_BEHIND_FIRST + 1)
      rest.splice(NAMED_BEHIND_FIRST, rest.length - NAMED_BEHIND_FIRST - 1, '    |     ...');
    const end = `    --- ${keyWords(key)} closes the circle`;
    return ['Converting circular structure to JSON', first, ...rest, end].join('\n');
  }
}

const keyWords = (key: string): string =>
  String(Number(key) >>> 0) === key ? `index ${key}` : `property '${key}'`;

/** Engines without `JSON.rawJSON` have no such values. */
function isRaw(value: object): value is { readonly rawJSON: string } {
  const { isRawJSON } = JSON as { isRawJSON?: (value: unknown) => boolean };
  return isRawJSON?.(value) ?? false;
}

/** What a number, text, boolean or BigInt in an object is. */
function unboxed(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (holds(value, Number)) return Number(value);
  if (holds(value, String)) return String(value);
  for (const box of [Boolean, BigInt])
    if (holds(value, box)) return (box.prototype.valueOf as () => unknown).call(value);
  return value;
}

function holds(
  value: object,
  box: NumberConstructor | StringConstructor | BooleanConstructor | BigIntConstructor,
) {
  if (!(value instanceof box)) return false;
  try {
    (box.prototype.valueOf as () => unknown).call(value);
    return true;
  } catch {
    return false;
  }
}
