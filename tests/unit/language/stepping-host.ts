/** A machine for tests: gives fuel in portions, or stops in front of every access, and remembers the accesses. */
import {
  compile,
  defineKernelCall,
  type Host,
  Instance,
  type Program,
} from '../../../src/engine/language/index.ts';
import type { Stack } from '../../../src/engine/language/stack.ts';

export interface Seen {
  readonly address: number;
  readonly site: number;
}

/** A Host whose answers a test can read and steer. */
export class SteppingHost implements Host {
  readonly fuel = new Int32Array(1);
  readonly lines: string[] = [];
  readonly accesses: Seen[] = [];
  readonly portion: number;
  readonly everyAccess: boolean;
  error: unknown;
  private heap = 0x2000_0000;
  private time = 0;

  constructor(portion: number, everyAccess = false) {
    this.portion = portion;
    this.everyAccess = everyAccess;
    this.fuel[0] = portion;
  }
  touch(address: number, site: number): number {
    this.accesses.push({ address, site });
    return this.everyAccess ? -1 : this.charge(16);
  }
  charge(ticks: number): number {
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    return this.fuel[0];
  }
  refuel(): boolean {
    return false;
  }
  allocate(bytes: number): number {
    const address = this.heap;
    this.heap += Math.ceil(bytes / 16) * 16;
    return address;
  }
  now(): number {
    return this.time;
  }
  random(): number {
    return 0.5;
  }
  idleUntil(time: number): unknown {
    this.time = time;
    return undefined;
  }
  print(text: string): void {
    this.lines.push(text);
  }
  uncaught(error: unknown): void {
    this.error = error;
  }
}

/** Run a stack to its end, a portion of fuel at a time. Returns how many resumes it took. */
export function drive(host: SteppingHost, stack: Stack): number {
  for (let resumes = 1; resumes < 1_000_000; resumes++) {
    host.fuel[0] = host.portion;
    const outcome = stack.resume();
    if (outcome === 'threw') throw stack.value;
    if (outcome === 'returned') return resumes;
  }
  throw new Error('does not end');
}

/** Run a source to its end. `library` is what it can import besides `print`. */
export function runAll(
  source: string,
  portion: number,
  everyAccess = false,
  library: Readonly<Record<string, unknown>> = {},
): { host: SteppingHost; program: Program; instance: Instance; resumes: number } {
  const host = new SteppingHost(portion, everyAccess);
  const program = compile(source);
  const print = defineKernelCall((...values: unknown[]) => host.print(values.map(String).join(' ')));
  const instance = new Instance(program, host, { print, ...library });
  const resumes = drive(host, instance.main());
  if (host.error !== undefined) throw host.error;
  return { host, program, instance, resumes };
}
