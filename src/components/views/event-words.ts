import { CostPart, EventKind, StopReason, type Trace } from '../../engine/events.ts';
import type { SourceMap } from '../../engine/service.ts';
import { castOf, nameOf } from './cast.ts';
import { formatTime } from './format.ts';

/** What each part of the overhead is called. By `CostPart`. */
export const costWords: Record<number, string> = {
  [CostPart.ModeSwitch]: 'entering and leaving the kernel',
  [CostPart.Registers]: 'saving and restoring registers',
  [CostPart.Pick]: 'choosing the next thread',
  [CostPart.AddressSpace]: 'switching the address space',
  [CostPart.Tlb]: 'refilling the TLB',
  [CostPart.Cache]: 'refilling the cache',
  [CostPart.Kernel]: 'work in the kernel',
  [CostPart.Fault]: 'page faults',
  [CostPart.Fiber]: 'switching fibers',
};

/** An object of the kernel in words: `mutex m`. */
export function objectWords(trace: Pick<Trace, 'objects'>, id: number): string {
  const object = trace.objects.find((candidate) => candidate.id === id);
  if (!object) return `object ${id}`;
  if (object.kind === 'thread') return `the end of ${object.name}`;
  return object.name.startsWith(object.kind) ? object.name : `${object.kind} ${object.name}`.trim();
}

function stopWords(trace: Trace, reason: number, object: number): string {
  switch (reason) {
    case StopReason.Preempted:
      return 'is preempted';
    case StopReason.Blocked:
      return trace.objects.some(({ id }) => id === object)
        ? `blocks on ${objectWords(trace, object)}`
        : 'blocks';
    case StopReason.Yielded:
      return 'yields';
    case StopReason.Slept:
      return 'goes to sleep';
    default:
      return 'ends';
  }
}

/** What a thread does in one event, without its name: `loads counter → 0`. */
export function whatHappens(trace: Trace, map: Pick<SourceMap, 'sites'>, index: number): string {
  const a = trace.a[index] ?? 0;
  const b = trace.b[index] ?? -1;
  const place = map.sites[trace.site[index] ?? -1]?.name ?? '';
  const value = trace.strings[b];
  switch (trace.kind[index]) {
    case EventKind.Create:
      return 'is created';
    case EventKind.Dispatch:
      return `starts to run on core ${trace.core[index]}`;
    case EventKind.Stop:
      return stopWords(trace, a, b);
    case EventKind.Wake:
      return a > 0 ? `is woken by ${nameOf(castOf(trace), a)}` : 'is ready again';
    case EventKind.Exit:
      return ['ends', 'ends with an uncaught error', 'is killed'][a] ?? 'ends';
    case EventKind.Print:
      return `prints ${trace.strings[a] ?? ''}`;
    case EventKind.Overhead:
      return `pays ${formatTime(a)} for ${costWords[b] ?? 'overhead'}`;
    case EventKind.Acquire:
      return `takes ${objectWords(trace, a)}`;
    case EventKind.Release:
      return `gives back ${objectWords(trace, a)}`;
    case EventKind.Send:
      return `sends to ${objectWords(trace, a)}`;
    case EventKind.Receive:
      return `receives from ${objectWords(trace, a)}`;
    case EventKind.Load:
      return `loads ${place || `address ${a}`}${value === undefined ? '' : ` → ${value}`}`;
    case EventKind.Store:
      return `stores ${value === undefined ? '' : `${value} `}to ${place || `address ${a}`}`;
    default:
      return 'does something this page does not know';
  }
}

/** One event as a sentence: `ann loads counter → 0 (line 9)`. */
export function describeEvent(trace: Trace, map: Pick<SourceMap, 'sites'>, index: number): string {
  const line = map.sites[trace.site[index] ?? -1]?.line;
  return `${nameOf(castOf(trace), trace.tid[index] ?? 0)} ${whatHappens(trace, map, index)}${line ? ` (line ${line})` : ''}`;
}
