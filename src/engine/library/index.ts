/** The module `interleave`: what `interleave.d.ts` declares, over whichever kernel is running. */
import type { Kernel, Library } from '../kernel/kernel.ts';
import { communicationModule } from './communication.ts';
import type { Context } from './context.ts';
import { fibersModule } from './fibers.ts';
import { memoryModule } from './memory.ts';
import { outputModule } from './output.ts';
import { processesModule } from './processes.ts';
import { syncModule } from './sync.ts';
import { threadsModule } from './threads.ts';
import { timeModule } from './time.ts';

/**
 * A fresh module. Kernels of one library may take turns (each sets `kernel` before it runs code), never run at the same time; making a library costs more than
 * starting a kernel, so a search makes one and keeps it.
 */
export function createLibrary(): Library {
  // The kernel fills itself in before any function of the module can be called.
  const context: Context = { kernel: undefined as unknown as Kernel };
  const module = Object.freeze({
    ...outputModule(context),
    ...timeModule(context),
    ...threadsModule(context),
    ...syncModule(context),
    ...fibersModule(context),
    ...memoryModule(context),
    ...processesModule(context),
    ...communicationModule(context),
  });
  for (const [name, value] of Object.entries(module)) if (typeof value === 'function') callBy(name, value);
  return Object.assign(context, { module });
}

/** Programs see the names of the contract (`print(thread)`), also where a bundler has shortened them. */
function callBy(name: string, exported: { readonly name: string }): void {
  if (exported.name !== name) Object.defineProperty(exported, 'name', { value: name, configurable: true });
}
