import type { Container } from './container.ts';

/** What a new thread is given. Durations in ticks. */
export interface ThreadSettings {
  readonly name?: string;
  readonly priority?: number;
  readonly core?: number;
  readonly stackSize?: number;
  readonly arrival?: number;
  readonly expected?: number;
}

/** What a new process is given. */
export interface ProcessSettings {
  readonly name?: string;
  readonly nice?: number;
  readonly memoryLimit?: number;
  readonly container?: Container | null;
}

/** A line of `processes()`. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly state: string;
  readonly memory: number;
}

/** What a kernel path costs, by the name it has in the cost profile. */
export type CostName =
  | 'modeSwitch'
  | 'futexWait'
  | 'futexWake'
  | 'wake'
  | 'pipeOperation'
  | 'socketOperation'
  | 'threadCreate'
  | 'threadExit'
  | 'forkBase'
  | 'exitWait'
  | 'atomic'
  | 'mutex'
  | 'lineTransfer'
  | 'fiberSwitch'
  | 'signal';
