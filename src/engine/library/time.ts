import { checkDuration } from '../kernel/errors.ts';
import { defineKernelCall } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
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
      context.kernel.io(checkDuration(duration, 'io') * TICKS, String(device)),
    ),
    ns: (n: number) => n,
    us: (n: number) => n * 1000,
    ms: (n: number) => n * 1_000_000,
  };
}
