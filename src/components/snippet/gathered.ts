import type { OutputLine } from '../../engine/index.ts';

/** Lines as they come: the first at once, those after them at most once a frame. */
export class Gathered {
  private lines: readonly OutputLine[] = [];
  private waiting = 0;
  private begun = false;
  private readonly tell: (lines: readonly OutputLine[]) => void;

  constructor(tell: (lines: readonly OutputLine[]) => void) {
    this.tell = tell;
  }

  /** The program compiles and has begun: what was shown before is over. */
  readonly onStart = (): void => {
    this.begun = true;
    this.soon();
  };

  /** More lines. */
  readonly onLines = (lines: readonly OutputLine[]): void => {
    const areFirst = this.lines.length === 0;
    this.lines = [...this.lines, ...lines];
    if (areFirst) this.tell(this.lines);
    else this.soon();
  };

  /** All lines, or null where the program never began; from now on nothing is told. */
  finish(): readonly OutputLine[] | null {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    return this.begun ? this.lines : null;
  }

  private soon(): void {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.tell(this.lines);
    });
  }
}
