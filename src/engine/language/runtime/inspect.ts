/** A value as one would write it: what Node's `util.inspect` gives. Runs no code of the reader's: an accessor is named and not asked. */
import { isObject } from './builtin.ts';
import { arrange, type Surround } from './layout.ts';
import { primitiveText, quote } from './quote.ts';
import { shapeOf } from './shapes.ts';

/** Objects further in are named and not shown. */
const MAX_DEPTH = 2;
/** A text inside an object is broken behind its newlines where it is longer than the line. */
const WIDTH = 80;
const MIN_BROKEN = 16;

/** A value as one would write it; objects more than `depth` levels in are named only. */
export function inspect(value: unknown, depth = MAX_DEPTH): string {
  return new Inspection(depth).show(value, 0);
}

/** One value being written, with what it holds. */
export class Inspection {
  private readonly maxDepth: number;
  private indentation = 0;
  /** The level of the object that was begun last. */
  private latest = 0;
  /** The objects around the value. */
  private readonly path: object[] = [];
  /** Objects that were met again inside themselves, with their numbers. */
  private readonly circles = new Map<object, number>();

  constructor(maxDepth: number) {
    this.maxDepth = maxDepth;
  }

  /** A value at a level, the outermost at 0. */
  show(value: unknown, level: number): string {
    if (typeof value === 'string') return this.text(value);
    return isObject(value) ? this.object(value, level) : primitiveText(value);
  }

  /** A value inside the object that is being written. */
  inner(value: unknown): string {
    this.indentation += 2;
    const text = this.show(value, this.path.length);
    this.indentation -= 2;
    return text;
  }

  private text(value: string): string {
    if (value.length <= MIN_BROKEN || value.length <= WIDTH - this.indentation - 4) return quote(value);
    const lines = value.split(/(?<=\n)/).map(quote);
    return lines.join(` +\n${' '.repeat(this.indentation + 2)}`);
  }

  private object(value: object, level: number): string {
    if (this.path.includes(value)) return this.circle(value);
    const shape = shapeOf(value, this.indentation);
    if (shape.isEmpty) return shape.base === '' ? `${shape.open}${shape.close}` : shape.base;
    if (level > this.maxDepth) return shape.name;
    this.path.push(value);
    this.latest = level + 1;
    const entries = shape.entries(this);
    this.path.pop();
    return arrange(this.marked(value, shape), entries, this.indentation, this.latest - level - 1, shape.list);
  }

  private circle(value: object): string {
    const number = this.circles.get(value) ?? this.circles.size + 1;
    this.circles.set(value, number);
    return `[Circular *${number}]`;
  }

  /** An object that something inside it leads back to is marked in front. */
  private marked(value: object, { base, open, close }: Surround): Surround {
    const number = this.circles.get(value);
    if (number === undefined) return { base, open, close };
    const mark = `<ref *${number}>`;
    return { base: base === '' ? mark : `${mark} ${base}`, open, close };
  }
}
