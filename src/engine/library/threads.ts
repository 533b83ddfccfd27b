import { checkDuration, checkInteger, SystemError } from '../kernel/errors.ts';
import type { ThreadSettings } from '../kernel/kernel.ts';
import type { Thread as Tcb } from '../kernel/thread.ts';
import { defineKernelCall, defineSuspendable, SUSPENDED } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { checkName, checkOptions, checkQuantity } from './check.ts';
import { type Context, caller, kernelCalls, perform } from './context.ts';

/** What a program may give a thread: `ThreadOptions` in interleave.d.ts. */
type Options = ThreadSettings;

const OPTIONS = ['name', 'priority', 'core', 'stackSize', 'arrival', 'expected'];

function checked(body: unknown, asked: Options | undefined, cores: number): ThreadSettings {
  if (typeof body !== 'function')
    throw new SystemError('EINVAL', `new Thread takes a function to run; it was given ${typeof body}`);
  const options = checkOptions(asked, OPTIONS, 'a Thread');
  const { arrival, expected, core, stackSize, name, priority } = options;
  if (name !== undefined) checkName(name, 'name of a Thread');
  if (priority !== undefined) checkQuantity(priority, 'priority');
  if (arrival !== undefined) checkDuration(arrival, 'arrival');
  if (expected !== undefined) checkDuration(expected, 'expected');
  if (core !== undefined && checkInteger(core, 0, 'core') >= cores)
    throw new SystemError(
      'EINVAL',
      `core must be less than ${cores}, the cores of this machine; it is ${core}`,
    );
  if (stackSize !== undefined) checkInteger(stackSize, 4096, 'stackSize');
  return {
    ...options,
    ...(arrival === undefined ? {} : { arrival: arrival * TICKS }),
    ...(expected === undefined ? {} : { expected: expected * TICKS }),
  };
}

/** Threads and thread-local variables. */
export function threadsModule(context: Context): Record<string, unknown> {
  class Thread {
    #thread: Tcb;

    constructor(body: unknown, options?: Options, thread?: Tcb) {
      const { kernel } = context;
      this.#thread = thread ?? kernel.spawn(body as () => unknown, checked(body, options, kernel.coreCount));
      this.#thread.handle = this;
    }
    get id(): number {
      return this.#thread.tid;
    }
    get name(): string {
      return this.#thread.name;
    }
    get priority(): number {
      return this.#thread.basePriority;
    }
    set priority(priority: number) {
      context.kernel.setPriority(this.#thread, checkQuantity(priority, 'priority'));
    }
    join(): unknown {
      if (this.#thread === caller(context))
        throw new SystemError('EDEADLK', `join: ${this.name} would wait for itself to end`);
      return perform(context, 'join', this.#thread);
    }
    detach(): unknown {
      return context.kernel.detach(this.#thread);
    }
    kill(signal = 'SIGTERM'): unknown {
      return context.kernel.kill(0, signal, this.#thread);
    }
  }
  kernelCalls(Thread, 'join', 'detach', 'kill');

  class ThreadLocal {
    readonly #init: unknown;
    constructor(init: unknown) {
      this.#init = init;
    }
    get(): unknown {
      const { locals } = caller(context);
      if (locals.has(this) || typeof this.#init !== 'function')
        return locals.has(this) ? locals.get(this) : this.#init;
      const value = this.#init();
      locals.set(this, value);
      return value;
    }
    set(value: unknown): void {
      caller(context).locals.set(this, value);
    }
    static initOf(local: ThreadLocal): unknown {
      return local.#init;
    }
  }
  defineSuspendable(ThreadLocal.prototype.get, function* (rt, self) {
    const local = self as ThreadLocal;
    const { locals } = caller(context);
    const init = ThreadLocal.initOf(local);
    if (locals.has(local) || typeof init !== 'function') return local.get();
    let value = rt.call(init, undefined);
    if (value === SUSPENDED) value = yield;
    locals.set(local, value);
    return value;
  });

  return {
    Thread,
    ThreadLocal,
    currentThread: () => caller(context).handle ?? new Thread(undefined, {}, caller(context)),
    yieldThread: defineKernelCall(() => context.kernel.yieldNow()),
    exitThread: defineKernelCall(() => context.kernel.exitThread()),
    currentCore: () => caller(context).lastCore,
  };
}
