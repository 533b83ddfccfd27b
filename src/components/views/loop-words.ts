import type { FiberPicture, LoopPicture, LoopQueue, QueuedWork } from '../../engine/events.ts';
import { formatTime } from './format.ts';

/** Words of a program that has to do with its event loop, and with fibers. */
const LOOP =
  /\b(?:async|await|Promise|queueMicrotask|setTimeout|setInterval|setImmediate|ioAsync|onReadable)\b/;
const FIBER = /\bFiber\b/;

/** Is there anything to show of the event loops of a program? Else they are left out: every process has one. */
export const usesLoop = (source: string): boolean => LOOP.test(source);
/** The same of fibers. */
export const usesFibers = (source: string): boolean => FIBER.test(source);

/** One entry in words. */
export interface EntryWords {
  /** What happens when its turn comes. */
  readonly what: string;
  /** Line of the source; 0 for none. */
  readonly line: number;
  /** When that is; empty where nothing but the queue decides. */
  readonly when: string;
}

/** A queue in words. */
export interface QueueWords {
  readonly label: string;
  readonly entries: readonly EntryWords[];
  readonly more: number;
}

/** What runs, in words: a sentence, and the line where there is one. */
export function nowWords({ phase, now, onTheWay }: LoopPicture): EntryWords {
  const at = (what: string): EntryWords => ({ what, line: 0, when: '' });
  if (now) return { ...entryWords(now, 0), when: phase === 'microtask' ? 'a microtask' : articles[phase] };
  if (phase === 'program') return at('the program itself; the queues have to wait until it is through');
  if (phase === 'over') return at('nothing: the loop is over');
  if (phase === 'waiting')
    return at(onTheWay > 0 ? 'nothing: it waits for what is on its way' : 'nothing: it waits for a timer');
  return at('nothing: it goes from one queue to the next');
}

const articles: Readonly<Record<LoopPicture['phase'], string>> = {
  program: '',
  microtask: 'a microtask',
  timer: 'a timer',
  task: 'a task',
  immediate: 'an immediate',
  waiting: '',
  turning: '',
  over: '',
};

const labels: Readonly<Record<LoopQueue['name'], string>> = {
  microtasks: 'Microtasks',
  timers: 'Timers',
  tasks: 'Tasks',
  immediates: 'Immediates',
};

/** The queues of a loop at a time (virtual nanoseconds), all of them, the empty ones too: microtasks come before everything else. */
export function queueWords({ queues }: LoopPicture, time: number): QueueWords[] {
  return queues.map(({ name, entries, more }) => ({
    label: labels[name],
    entries: entries.map((entry) => entryWords(entry, time)),
    more,
  }));
}

function entryWords({ kind, name, line, due, period }: QueuedWork, time: number): EntryWords {
  const every = period === undefined ? '' : `, every ${formatTime(period)}`;
  const when =
    due === undefined
      ? ''
      : due <= time
        ? `due since ${formatTime(due)}${every}`
        : `due at ${formatTime(due)}${every}`;
  return { what: workWords(kind, name), line, when };
}

function workWords(kind: QueuedWork['kind'], name: string): string {
  switch (kind) {
    case 'call':
      return name || 'a callback';
    case 'settle':
      return 'settle a promise';
    case 'reaction':
      return name ? `${name}, told by a promise` : 'a callback of a promise';
    case 'await':
      return `${name || 'the program'} goes on after await`;
    case 'pass':
      return 'hand a value to the next promise';
    case 'follow':
      return 'one promise asks another';
  }
}

/** A fiber in words. */
export interface FiberWords {
  readonly name: string;
  readonly state: string;
  /** Line where it stands; 0 where it stands nowhere, or runs: then it is where its thread is. */
  readonly line: number;
  /** The calls that led there, outermost first; empty where there is one frame or none. */
  readonly calls: string;
}

/** What a fiber is called and what it does. */
export function fiberWords({ number, name, line, state, waitsFor, frames }: FiberPicture): FiberWords {
  return {
    name: name ? `fiber ${number}, ${name}` : `fiber ${number}, line ${line}`,
    state: stateWords(state, waitsFor),
    line: frames[0]?.line ?? 0,
    calls:
      frames.length > 1
        ? frames
            .map((frame) => `${frame.function} ${frame.line}`)
            .reverse()
            .join(' › ')
        : '',
  };
}

function stateWords(state: FiberPicture['state'], waitsFor: number | null): string {
  if (state === 'new') return 'not begun';
  if (state === 'suspended') return 'stands at its yield';
  if (state === 'ended') return 'ended';
  return waitsFor === null ? 'runs' : `waits until fiber ${waitsFor} yields`;
}
