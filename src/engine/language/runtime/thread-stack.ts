/** A thread's call stack: the frames that suspended, innermost last, and the driver that goes on with them. */
import { FRAME_BYTES, STACK_BYTES, STACK_TOP } from '../addresses.ts';
import { SUSPENDED } from '../host.ts';
import { sitesIn } from '../positions.ts';
import type { Program, Site } from '../program.ts';
import type { Access, FrameInfo, Local, Outcome, Stack } from '../stack.ts';
import type { Frame } from './forms.ts';
import { NATIVE_DEPTH, next, type Runtime } from './runtime.ts';
import type { ShownScopes } from './shown-frame.ts';
import { DEAD } from './signals.ts';

/** Names the function a site is in: index into `Program.functions`. */
export type FunctionOf = (site: number) => number;

/** One thread's stack in one process. */
export class ThreadStack implements Stack {
  value: unknown = undefined;
  private readonly rt: Runtime;
  private readonly stack: Frame[];
  private readonly sites: number[];
  private readonly functionOf: FunctionOf;
  private readonly maxFrames: number;
  private input: unknown = undefined;
  private throwing = false;
  private address = 0;

  constructor(rt: Runtime, bottom: Frame, functionOf: FunctionOf, stackBytes = STACK_BYTES) {
    this.rt = rt;
    this.stack = [bottom];
    this.sites = [-1];
    this.functionOf = functionOf;
    this.maxFrames = Math.max(1, Math.floor(stackBytes / FRAME_BYTES));
  }

  get pending(): Access | null {
    return this.address === 0 ? null : { address: this.address, site: this.sites.at(-1) ?? -1 };
  }

  get site(): number {
    let frame = this.sites.length - 1;
    while (frame >= 0 && (this.sites[frame] as number) < 0) frame--;
    return frame < 0 ? -1 : (this.sites[frame] as number);
  }

  get depth(): number {
    return this.stack.length;
  }

  answer(value: unknown): void {
    this.input = value;
    this.throwing = false;
  }

  fail(error: unknown): void {
    this.input = error;
    this.throwing = true;
  }

  interrupt(body: (...args: never[]) => unknown, args: readonly unknown[], replacesAnswer = false): void {
    this.stack.push(interruption(this.rt, body, args, this.input, this.throwing, replacesAnswer));
    this.sites.push(-1);
    this.answer(undefined);
  }

  resume(): Outcome {
    const { rt, stack, sites } = this;
    let value = this.input;
    let throwing = this.throwing;
    this.answer(undefined);
    rt.access = 0;
    this.address = 0;
    rt.realm.current = rt;
    rt.sites = sites;
    if (throwing) rt.errors.note(value, sites, 0);
    for (;;) {
      const top = stack[stack.length - 1];
      if (top === undefined) {
        this.value = value;
        return throwing ? 'threw' : 'returned';
      }
      rt.nest = 0;
      rt.depth = stack.length;
      rt.limit = Math.max(0, Math.min(NATIVE_DEPTH, this.maxFrames - stack.length));
      let result: IteratorResult<unknown, unknown>;
      try {
        result = throwing ? top.throw(value) : next.call(top, value);
      } catch (error) {
        dropPending(rt);
        rt.caught(error);
        this.pop();
        value = error;
        throwing = true;
        continue;
      }
      throwing = false;
      value = result.value;
      if (result.done || typeof value === 'object') {
        this.pop();
        continue;
      }
      sites[sites.length - 1] = value === undefined ? -1 : (value as number);
      value = undefined;
      this.takePending();
      if (!rt.spilled) {
        this.address = rt.access;
        return 'suspended';
      }
      rt.spilled = false;
      if (stack.length > this.maxFrames) {
        this.pop();
        value = new RangeError('Maximum call stack size exceeded: the thread used up its stack');
        rt.errors.note(value, sites, 0);
        throwing = true;
      }
    }
  }

  frames(top = STACK_TOP, most = this.sites.length): FrameInfo[] {
    const infos: FrameInfo[] = [];
    for (let i = most - 1; i >= 0; i--) {
      const site = this.sites[i] as number;
      if (site < 0) continue;
      const locals = this.localsOf(i, site, top - (i + 1) * FRAME_BYTES);
      infos.push({ function: this.functionOf(site), site, ...(locals && { locals }) });
    }
    return infos;
  }

  values(): unknown[] {
    const { program, shownFrames } = this.rt;
    return this.sites.flatMap((site, i) => {
      const scopes = site < 0 ? undefined : shownFrames?.of(this.stack[i] as Frame);
      const held = scopes === undefined || program === null ? [] : scopes.values(program.sites[site] as Site);
      return [site, ...held];
    });
  }

  framesNow(trace: string, at: number, top = STACK_TOP): FrameInfo[] {
    const { program, shownFrames } = this.rt;
    const running = shownFrames?.running ?? [];
    if (program === null || running.length === 0) return this.frames(top);
    const last = this.stack.length - 1;
    // A call is marked in the code, so that every frame but the innermost is where the trace has it; of that one somebody else may know better.
    const sites = sitesIn(program, trace).reverse();
    const native = running.map((scopes, depth): FrameInfo => {
      const isInnermost = depth === running.length - 1;
      const known = isInnermost && this.isIn(at, scopes) ? at : (sites[depth] ?? -1);
      const site = this.isIn(known, scopes) ? known : beginning(program, scopes.function);
      const locals = this.shownLocals(scopes, site, top - (last + depth + 1) * FRAME_BYTES);
      return { function: scopes.function, site, ...(locals && { locals }) };
    });
    const innermost = running.at(-1) as ShownScopes;
    // A function that was compiled without frames runs on top.
    if (at >= 0 && !this.isIn(at, innermost)) native.push({ function: this.functionOf(at), site: at });
    return [...native.reverse(), ...this.frames(top, last)];
  }

  private isIn(site: number, scopes: ShownScopes): boolean {
    return site >= 0 && this.functionOf(site) === scopes.function;
  }

  private localsOf(i: number, site: number, base: number): Local[] | null {
    return this.shownLocals(this.rt.shownFrames?.of(this.stack[i] as Frame), site, base);
  }

  private shownLocals(scopes: ShownScopes | undefined, site: number, base: number): Local[] | null {
    const { program } = this.rt;
    if (scopes === undefined || program === null) return null;
    return scopes.locals(program, program.sites[site] as Site, base, DEAD);
  }

  private pop(): void {
    this.stack.pop();
    this.sites.pop();
  }

  private takePending(): void {
    const { pending, pendingSites } = this.rt;
    for (let i = pending.length - 1; i >= 0; i--) {
      this.stack.push(pending[i] as Frame);
      this.sites.push(pendingSites[i] as number);
    }
    dropPending(this.rt);
  }
}

function dropPending(rt: Runtime): void {
  if (rt.pending.length === 0) return;
  rt.pending.length = 0;
  rt.pendingSites.length = 0;
}

/** The site where a function begins; -1 where it has none. */
const beginning = ({ sites }: Program, fn: number): number =>
  sites.findIndex((site) => site.function === fn && (site.kind === 'function' || fn === 0));

/** A frame that runs `body` and then hands the interrupted frame what it was waiting for. */
function* interruption(
  rt: Runtime,
  body: (...args: never[]) => unknown,
  args: readonly unknown[],
  input: unknown,
  throwing: boolean,
  replacesAnswer: boolean,
): Frame {
  let result = rt.apply(body, undefined, args);
  if (result === SUSPENDED) result = yield;
  if (replacesAnswer) return result;
  if (throwing) throw input;
  return input;
}

const NO_FUNCTION: FunctionOf = () => -1;

/**
 * Run a frame to its end within the caller's native frame: one step. Fuel that runs out is refilled; a kernel
 * call that would block has to throw by itself (`Runtime.step` is above zero).
 */
export function runToCompletion(rt: Runtime, frame: Frame): unknown {
  const { nest, limit, sites } = rt;
  rt.step++;
  try {
    const stack = new ThreadStack(rt, frame, NO_FUNCTION);
    let outcome = stack.resume();
    while (outcome === 'suspended') {
      if ((rt.fuel[0] as number) < 0) rt.host.refuel();
      outcome = stack.resume();
    }
    if (outcome === 'threw') throw stack.value;
    return stack.value;
  } finally {
    rt.step--;
    rt.nest = nest;
    rt.limit = limit;
    rt.sites = sites;
  }
}
