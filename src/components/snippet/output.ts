import type { OutputLine } from '../../engine/index.ts';
import { hueOf } from '../views/cast.ts';

/** Writes what a program prints into its log. The text of the log is exactly what was printed, a line a line. */
export class OutputLog {
  private readonly element: HTMLElement;
  private shown: readonly OutputLine[] = [];

  constructor(element: HTMLElement) {
    this.element = element;
  }

  /** Show these lines; a list that goes on from the one shown is appended to. */
  show(lines: readonly OutputLine[]): void {
    if (lines === this.shown) return;
    const goesOn = lines.length >= this.shown.length && lines[0] === this.shown[0];
    if (!goesOn) this.element.replaceChildren();
    const added = lines.slice(goesOn ? this.shown.length : 0);
    const atEnd = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 4;
    for (let from = 0; from < added.length; from += blockLines) {
      this.element.append(block(added.slice(from, from + blockLines)));
    }
    if (atEnd) this.element.scrollTop = this.element.scrollHeight;
    this.shown = lines;
    this.element.classList.toggle(
      'tagged',
      lines.some(({ tid }) => tid !== lines[0]?.tid),
    );
  }
}

/** Lines drawn as one unit, so that a long log costs only what is in sight. */
const blockLines = 200;

function block(lines: readonly OutputLine[]): HTMLElement {
  const element = document.createElement('div');
  for (const { pid, tid, text } of lines) {
    const line = document.createElement('div');
    line.dataset.tag = `${pid}.${tid}`;
    line.style.setProperty('--hue', hueOf(pid, tid - pid));
    line.textContent = text;
    element.append(line);
  }
  return element;
}
