import { Fifo } from './fifo.ts';

/** Round robin: each thread in turn for one quantum. POSIX `SCHED_RR` with one priority. */
export class RoundRobin extends Fifo {
  override readonly name: string = 'rr';
  private readonly quantum: number;

  /** @param quantum Ticks. */
  constructor(quantum: number) {
    super();
    this.quantum = quantum;
  }

  override slice(): number {
    return this.quantum;
  }
}
