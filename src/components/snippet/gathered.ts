import type { OutputLine } from '../../engine/index.ts';

/** Lines as they come, told on at most once a frame. */
export class Gathered {
  private lines: readonly OutputLine[] = [];
  private waiting = 0;
  private readonly tell: (lines: readonly OutputLine[]) => void;

  constructor(tell: (lines: readonly OutputLine[]) => void) {
    this.tell = tell;
  }

  /** The program compiles and has begun: what was shown before is over. */
  readonly onStart = (): void => this.tell([]);

  /** More lines. */
  readonly onLines = (lines: readonly OutputLine[]): void => {
    this.lines = [...this.lines, ...lines];
    this.waiting ||= requestAnimationFrame(() => this.flush());
  };

  /** Tell now what has not been told. */
  flush(): void {
    if (this.waiting === 0) return;
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.tell(this.lines);
  }
}
