import { Container as KernelContainer, NORMAL_SHARE } from '../kernel/container.ts';
import { checkDuration, checkInteger, SystemError } from '../kernel/errors.ts';
import type { ProcessSettings } from '../kernel/kernel.ts';
import { Operation } from '../kernel/operation.ts';
import { isUncatchable, type SignalAction } from '../kernel/signals.ts';
import { defineKernelCall, defineSuspendableConstructor, SUSPENDED } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { checkFlag, checkName, checkOptions, checkQuantity } from './check.ts';
import { type Context, caller, kernelCalls } from './context.ts';

/** What a program may give a process: `ProcessOptions` in interleave.d.ts. */
interface Options {
  name?: string;
  nice?: number;
  memoryLimit?: number;
  container?: object;
}

const PROCESS_OPTIONS = ['name', 'nice', 'memoryLimit', 'container'];
const CONTAINER_OPTIONS = ['name', 'cpuShare', 'memoryLimit', 'privatePids'];

/** Processes, signals and containers. */
export function processesModule(context: Context): Record<string, unknown> {
  class Container {
    readonly #container: KernelContainer;
    constructor(options?: { name?: string; cpuShare?: number; memoryLimit?: number; privatePids?: boolean }) {
      const {
        name = 'container',
        cpuShare = NORMAL_SHARE,
        memoryLimit = Number.POSITIVE_INFINITY,
        privatePids = false,
      } = checkOptions(options, CONTAINER_OPTIONS, 'a Container');
      checkName(name, 'name of a Container');
      checkFlag(privatePids, 'privatePids');
      if (!(checkQuantity(cpuShare, 'cpuShare') > 0 && cpuShare < Number.POSITIVE_INFINITY))
        throw new SystemError('EINVAL', `cpuShare must be greater than 0; it is ${cpuShare}`);
      if (memoryLimit !== Number.POSITIVE_INFINITY) checkInteger(memoryLimit, 0, 'memoryLimit');
      this.#container = context.kernel.share(
        () => new KernelContainer(name, cpuShare, memoryLimit, privatePids),
      );
    }
    static of(container: Container): KernelContainer {
      return container.#container;
    }
    get name(): string {
      return this.#container.name;
    }
  }

  const settingsOf = (options: Options | undefined): ProcessSettings => {
    if (options === undefined) return {};
    const { name, nice, memoryLimit, container } = checkOptions(options, PROCESS_OPTIONS, 'a Process');
    return {
      ...(name === undefined ? {} : { name: checkName(name, 'name of a Process') }),
      ...(nice === undefined ? {} : { nice: checkNice(nice) }),
      ...(memoryLimit === undefined ? {} : { memoryLimit: checkInteger(memoryLimit, 0, 'memoryLimit') }),
      ...(container === undefined ? {} : { container: containerOf(container) }),
    };
  };

  const containerOf = (container: object): KernelContainer => {
    if (container instanceof Container) return Container.of(container);
    throw new SystemError('EINVAL', 'container must be a Container; make one with new Container()');
  };

  const waitpid = (pid: number): unknown => {
    const { kernel } = context;
    return kernel.perform(
      new Operation('waitpid', kernel.running.process, pid < 0 ? pid : kernel.childNumber(pid)),
    );
  };

  class Process {
    readonly pid: number;
    constructor(_body: unknown, _options: unknown, pid = 0) {
      this.pid = pid;
    }
    wait(): unknown {
      return waitpid(this.pid);
    }
    kill(signal = 'SIGTERM'): unknown {
      return context.kernel.kill(this.pid, signal);
    }
  }
  kernelCalls(Process, 'wait', 'kill');
  defineSuspendableConstructor(Process, function* (_rt, [body, options], newTarget) {
    if (typeof body !== 'function')
      throw new SystemError('EINVAL', `new Process takes a function to run; it was given ${typeof body}`);
    const asked = context.kernel.fork(body as () => unknown, settingsOf(options as Options | undefined));
    const pid = asked === SUSPENDED ? yield : asked;
    return Reflect.construct(Process, [body, options, pid], newTarget);
  });

  return {
    Process,
    Container,
    fork: defineKernelCall(() => context.kernel.fork(null, {})),
    waitpid: defineKernelCall((pid = -1) => waitpid(checkInteger(pid, -1, 'pid'))),
    exit: defineKernelCall((code = 0) => context.kernel.exit(checkInteger(code, 0, 'exit code') & 255)),
    getpid: () => context.kernel.pids().own,
    getppid: defineKernelCall(() => context.kernel.parentNumber()),
    setNice: (nice: number) => context.kernel.setNice(checkNice(nice)),
    processes: defineKernelCall(() => context.kernel.listProcesses()),
    kill: defineKernelCall((pid: number, signal = 'SIGTERM') =>
      context.kernel.kill(checkInteger(pid, 0, 'pid'), signal),
    ),
    signal: (name: string, action: SignalAction) => context.kernel.setSignalAction(name, checkAction(action)),
    blockSignals: defineKernelCall((...names: string[]) =>
      context.kernel.maskSignals(names.map(checkBlockable), true),
    ),
    unblockSignals: defineKernelCall((...names: string[]) => context.kernel.maskSignals(names, false)),
    alarm: (duration: number) => context.kernel.alarm(checkDuration(duration, 'alarm') * TICKS),
    pause: defineKernelCall(() =>
      context.kernel.perform(new Operation('pause', caller(context).process.signals)),
    ),
  };
}

function checkNice(nice: number): number {
  if (Number.isInteger(nice) && nice >= -20 && nice <= 19) return nice;
  throw new SystemError('EINVAL', `nice must be a whole number from -20 to 19; it is ${String(nice)}`);
}

function checkBlockable(name: string): string {
  if (!isUncatchable(name)) return name;
  throw new SystemError('EINVAL', `blockSignals: ${name} cannot be caught, ignored or blocked`);
}

function checkAction(action: unknown): SignalAction {
  if (typeof action === 'function' || action === 'ignore' || action === 'default')
    return action as SignalAction;
  throw new SystemError(
    'EINVAL',
    `signal takes a function, 'ignore' or 'default'; it was given ${String(action)}`,
  );
}
