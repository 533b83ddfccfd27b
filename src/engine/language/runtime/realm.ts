/** What is made once for a JavaScript realm and shared by all processes that run in it. */
import { addAsyncGeneratorMethods } from './async-generator.ts';
import { addBuiltinForms } from './builtins.ts';
import type { Frame } from './forms.ts';
import { showSources } from './function-text.ts';
import { addGeneratorMethods } from './generator-object.ts';
import { makeGlobals } from './globals.ts';
import { type Intrinsics, makeIntrinsics } from './intrinsics.ts';
import { createPromise, type PromiseIntrinsics } from './promise.ts';
import type { Globals, Runtime } from './runtime.ts';

export class Realm {
  /** The process that runs now: what a built-in called by native code works for. Set before each resume. */
  current: Runtime | null = null;
  readonly intrinsics: Intrinsics;
  readonly promises: PromiseIntrinsics;
  /** The snippet's global object. */
  readonly globals: Globals;

  constructor() {
    this.intrinsics = makeIntrinsics();
    this.promises = createPromise(this);
    this.globals = makeGlobals(this);
    addGeneratorMethods(this);
    addAsyncGeneratorMethods(this);
    addBuiltinForms(this);
    showSources();
  }

  /** The running process. Throws where none is. */
  get runtime(): Runtime {
    if (this.current) return this.current;
    throw new Error('A function of a snippet was called while no snippet runs');
  }

  /** Run an activation to its end at once, in the process that runs now. */
  oneStep(start: (rt: Runtime) => Frame): unknown {
    const rt = this.runtime;
    return rt.complete(start(rt));
  }
}

let made: Realm | null = null;

/** The realm this module was loaded in, made at first use. There can be no other: it stands for the intrinsics. */
export function theRealm(): Realm {
  made ??= new Realm();
  return made;
}
