/** From a Program's code to something an Instance can start: evaluated once, however many instances run it. */
import type { Program } from '../program.ts';
import { KeyCache, KeyGroup, type Marks, NOWHERE } from './addresses.ts';
import type { Form, Frame } from './forms.ts';
import { Identity } from './identity.ts';
import { CallCache, type Runtime } from './runtime.ts';

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
  /** Marked objects of the most common kinds: while they live, engines do not forget what they know of their kind between runs. */
  readonly specimens: readonly object[];
}

/** Programs whose code is kept for when the same text is compiled and run again: the engine below has learnt by then how to run it fast. */
const KEPT = 8;
/** Runs that share code. Each makes classes of its own, so to the code their objects are of many kinds, and engines are slow beyond four. */
const RUNS = 4;
const loaded = new WeakMap<Program, Loaded>();
const recent = new Map<string, { readonly code: Loaded; runs: number }>();
let evaluations = 0;

/** Evaluate a program's code (at most once for each Program object). Throws where its format is not this reader's. */
export function load(program: Program): Loaded {
  let code = loaded.get(program);
  if (code === undefined) {
    if (program.format !== 1) throw new Error(`program format ${program.format} is not 1: compile it again`);
    code = recall(program);
    loaded.set(program, code);
  }
  return code;
}

function recall(program: Program): Loaded {
  const text = JSON.stringify([program.name, program.source, program.code]);
  const known = recent.get(text);
  const entry = known !== undefined && known.runs < RUNS ? known : { code: evaluate(program), runs: 0 };
  entry.runs++;
  recent.delete(text);
  recent.set(text, entry);
  for (const oldest of recent.keys()) if (recent.size > KEPT) recent.delete(oldest);
  return entry.code;
}

/**
 * The number makes each text a different one. JavaScript engines share what they learnt between evaluations of one text, but each evaluation has private
 * fields of its own, which then look as if they were many.
 */
function evaluate(program: Program): Loaded {
  const text = program.code.replace('//# sourceURL', `//${++evaluations}\n//# sourceURL`);
  const start = new Function('$p', text) as (loader: Loader) => readonly [Marks, Body];
  const [marks, body] = start(new Loader(program));
  return { marks, body, specimens: specimens(marks) };
}

function specimens(marks: Marks): object[] {
  const objects: object[] = [
    [],
    [1.5],
    [''],
    new Array(1),
    new Array(1).fill(1.5),
    new Array(1).fill(''),
    {},
  ];
  for (const View of [Float64Array, Int32Array, Uint8Array]) objects.push(new View(1));
  for (const object of objects) marks.put(object, NOWHERE);
  return objects;
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
  /** What one leaf loads from and stores to one object. */
  group(loads: readonly string[], stores: readonly string[]): KeyGroup {
    return new KeyGroup(loads, stores);
  }
  /** A cache for one site that calls. */
  call(): CallCache {
    return new CallCache();
  }
  /** Describe function `index`; flags: 1 constructable, 2 reads `new.target`. */
  code(index: number, flags: number, make: MakeFunction): FunctionCode {
    return new FunctionCode(this.program, index, make, (flags & 1) !== 0, (flags & 2) !== 0);
  }
}
