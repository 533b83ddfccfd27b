import { checkDuration } from '../kernel/errors.ts';
import { defineKernelCall, defineSuspendable } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { checkName, checkQuantity } from './check.ts';
import { type Context, caller } from './context.ts';

/** Time and work. */
export function timeModule(context: Context): Record<string, unknown> {
  return {
    now: () => context.kernel.observe(context.kernel.now() / TICKS),
    cpuTime: () => context.kernel.observe(context.kernel.cpuTime(caller(context)) / TICKS),
    sleep: defineKernelCall((duration: number) => {
      return context.kernel.sleep(checkDuration(duration, 'sleep') * TICKS);
    }),
    compute: defineKernelCall((duration: number) => {
      return context.kernel.compute(Math.round(checkDuration(duration, 'compute') * TICKS));
    }),
    io: defineKernelCall((duration: number, device = 'disk') =>
      context.kernel.io(checkDuration(duration, 'io') * TICKS, checkName(device, 'name of a device')),
    ),
    ioAsync: defineSuspendable(
      (_duration: number, _device?: string): unknown => undefined,
      function* (rt, _self, [duration, device = 'disk']) {
        const ticks = checkDuration(duration, 'ioAsync') * TICKS;
        const { promise, resolve } = rt.realm.promises.capability(rt);
        context.kernel.ioAsync(ticks, checkName(device, 'name of a device'), () => resolve(undefined));
        return promise;
      },
    ),
    ns: (n: number) => checkQuantity(n, 'ns'),
    us: (n: number) => checkQuantity(n, 'us') * 1000,
    ms: (n: number) => checkQuantity(n, 'ms') * 1_000_000,
  };
}
