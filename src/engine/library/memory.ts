import { checkInteger, SystemError } from '../kernel/errors.ts';
import { defineKernelCall } from '../language/index.ts';
import { type Context, caller } from './context.ts';

const PROTECTIONS = ['none', 'read', 'read-write'];

/** Memory by address. */
export function memoryModule(context: Context): Record<string, unknown> {
  return {
    malloc: (bytes: number) => context.kernel.malloc(checkInteger(bytes, 1, 'malloc')),
    free: defineKernelCall((address: number) => context.kernel.free(checkAddress(address))),
    peek: defineKernelCall((address: number) => context.kernel.peek(checkAddress(address))),
    poke: defineKernelCall((address: number, value: number) =>
      context.kernel.poke(checkAddress(address), Number(value)),
    ),
    addressOf: (x: unknown) => caller(context).process.instance.addressOf(x),
    mmap: (
      bytes: number,
      { shared = false, protection = 'read-write' }: { shared?: boolean; protection?: string } = {},
    ) => context.kernel.mmap(checkInteger(bytes, 1, 'mmap'), shared, checkProtection(protection)),
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
