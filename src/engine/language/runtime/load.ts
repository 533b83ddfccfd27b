/** From a Program's code to something an Instance can start: evaluated once, however many instances run it. */
import type { Program } from '../program.ts';
import { KeyCache, type Marks } from './addresses.ts';
import type { Form, Frame } from './forms.ts';
import { Identity } from './identity.ts';
import type { Runtime } from './runtime.ts';

/** Makes the native function object of a reader's function around its form. */
export type MakeFunction = (rt: Runtime, form: Form) => Function;

/** One function of a program, before it is closed over anything. */
export class FunctionCode {
  readonly program: Program;
  /** Index into `Program.functions`. */
  readonly index: number;
  readonly make: MakeFunction;
  /** `new` may be applied to it. */
  readonly constructable: boolean;
  /** Its form reads `new.target`: it takes a Construction as `this` when constructed. */
  readonly target: boolean;
  constructor(program: Program, index: number, make: MakeFunction, constructable: boolean, target: boolean) {
    this.program = program;
    this.index = index;
    this.make = make;
    this.constructable = constructable;
    this.target = target;
  }
}

/** Starts a module body in a process. */
export type Body = (rt: Runtime, library: Readonly<Record<string, unknown>>) => Frame;

/** A program's code, evaluated. */
export interface Loaded {
  readonly marks: Marks;
  readonly body: Body;
}

const loaded = new WeakMap<Program, Loaded>();

/** Evaluate a program's code (once for each Program object). Throws where its format is not this reader's. */
export function load(program: Program): Loaded {
  let code = loaded.get(program);
  if (code === undefined) {
    if (program.format !== 1) throw new Error(`program format ${program.format} is not 1: compile it again`);
    const evaluate = new Function('$p', program.code) as (loader: Loader) => readonly [Marks, Body];
    const result = evaluate(new Loader(program));
    code = { marks: result[0], body: result[1] };
    loaded.set(program, code);
  }
  return code;
}

/** What a program's code sees while it is evaluated, before any instance exists. */
class Loader {
  private readonly program: Program;
  constructor(program: Program) {
    this.program = program;
  }
  /** A constructor that returns its argument. */
  readonly Identity = Identity;
  /** A cache for one site that accesses a property by name. */
  key(): KeyCache {
    return new KeyCache();
  }
  /** Describe function `index`; flags: 1 constructable, 2 reads `new.target`. */
  code(index: number, flags: number, make: MakeFunction): FunctionCode {
    return new FunctionCode(this.program, index, make, (flags & 1) !== 0, (flags & 2) !== 0);
  }
}
