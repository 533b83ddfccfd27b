/** What one hand-over of the core costs, part by part, in several programs: from the middle of their runs, where nothing starts or ends. */
import { CostPart, EventKind, type Trace } from '../../../engine/events.ts';

/** Nanoseconds for each hand-over, by part; what is left is the program's own work. */
export interface Bill {
  readonly total: number;
  readonly parts: ReadonlyMap<number, number>;
  readonly own: number;
}

/** The parts that are shown, in the order of the five steps. */
export const shownParts: readonly (readonly [part: number, words: string])[] = [
  [CostPart.ModeSwitch, 'enter and leave the kernel'],
  [CostPart.Kernel, 'sleep, wake, the call itself'],
  [CostPart.Pick, 'choose the next'],
  [CostPart.Registers, 'registers and kernel stack'],
  [CostPart.AddressSpace, 'page table'],
  [CostPart.Fiber, 'switch without the kernel'],
];

/** Leave out the start and the end of a run. */
const FROM = 0.3;
const TO = 0.7;

/** The bill of one hand-over: of threads where threads are switched, else of fibers. */
export function billOf(trace: Pick<Trace, 'length' | 'time' | 'kind' | 'a' | 'b' | 'end'>): Bill {
  const [from, to] = [trace.end * FROM, trace.end * TO];
  const sums = new Map<number, number>();
  let threads = 0;
  let fibers = 0;
  for (let index = 0; index < trace.length; index++) {
    const time = trace.time[index] as number;
    if (time < from || time > to) continue;
    if (trace.kind[index] === EventKind.Dispatch) threads++;
    if (trace.kind[index] !== EventKind.Overhead) continue;
    const part = trace.b[index] as number;
    if (part === CostPart.Fiber) fibers++;
    sums.set(part, (sums.get(part) ?? 0) + (trace.a[index] as number));
  }
  const count = threads || fibers;
  if (count === 0) throw new Error('The run hands the core over to nobody.');
  const parts = new Map([...sums].map(([part, sum]) => [part, sum / count]));
  const total = (to - from) / count;
  return { total, parts, own: total - [...parts.values()].reduce((sum, part) => sum + part, 0) };
}
