import { checkInteger, SystemError } from '../kernel/errors.ts';
import { defineKernelCall } from '../language/index.ts';
import { checkFlag, checkNumber, checkOptions } from './check.ts';
import { type Context, caller } from './context.ts';

const PROTECTIONS = ['none', 'read', 'read-write'];

/** Memory by address. */
export function memoryModule(context: Context): Record<string, unknown> {
  return {
    malloc: (bytes: number) => context.kernel.malloc(checkInteger(bytes, 1, 'malloc')),
    free: defineKernelCall((address: number) => context.kernel.free(checkAddress(address))),
    peek: defineKernelCall((address: number) => context.kernel.peek(checkAddress(address))),
    poke: defineKernelCall((address: number, value: number) =>
      context.kernel.poke(checkAddress(address), checkNumber(value, 'what is poked')),
    ),
    addressOf: (x: unknown) => {
      const address = caller(context).process.instance.addressOf(x);
      if (address > 0) return address;
      throw new SystemError(
        'EINVAL',
        `addressOf: ${String(x)} is a value and lies nowhere; ask for a variable or an object`,
      );
    },
    mmap: (bytes: number, options?: { shared?: boolean; protection?: string }) => {
      const { shared = false, protection = 'read-write' } = checkOptions(
        options,
        ['shared', 'protection'],
        'mmap',
      );
      const size = checkInteger(bytes, 1, 'mmap');
      return context.kernel.mmap(size, checkFlag(shared, 'shared'), checkProtection(protection));
    },
    munmap: (address: number) => context.kernel.munmap(checkAddress(address)),
    mprotect: (address: number, protection: string) =>
      context.kernel.mprotect(checkAddress(address), checkProtection(protection)),
  };
}

function checkAddress(address: unknown): number {
  return checkInteger(address, 0, 'an address');
}

function checkProtection(protection: string): string {
  if (PROTECTIONS.includes(protection)) return protection;
  throw new SystemError('EINVAL', `protection must be one of ${PROTECTIONS.join(', ')}; it is ${protection}`);
}
