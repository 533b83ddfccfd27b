import type { OutputLine } from '../../engine/index.ts';
import { hueOf, type Player } from '../views/cast.ts';
import { make } from './dom.ts';

/** Lines drawn as one unit, so that a long log costs only what is in sight. */
const blockLines = 200;

const tagOf = ({ pid, tid }: OutputLine) => `${pid}.${tid}`;

/** Writes what a program prints into its log. The text of the log is exactly what was printed, a line a line. */
export class OutputLog {
  private readonly element: HTMLElement;
  private readonly filter = make('select', { 'aria-label': 'Show the output of' });
  private readonly bar: HTMLElement;
  private shown: readonly OutputLine[] = [];
  private tags = new Map<string, string>();

  /** `onClear` empties the list of lines. */
  constructor(element: HTMLElement, onClear: () => void) {
    this.element = element;
    const clear = make('button', { type: 'button' }, 'Clear output');
    this.bar = make('div', { className: 'snippet-output-bar', hidden: true }, this.filter, clear);
    element.before(this.bar);
    clear.addEventListener('click', onClear);
    this.filter.addEventListener('change', () => this.sift());
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
    this.tags = new Map(lines.map((line) => [tagOf(line), tagOf(line)]));
    this.tell();
  }

  /** Call the threads by their names, once they are known. */
  name(cast: ReadonlyMap<number, Player>): void {
    const processes = new Set([...cast.values()].map(({ pid }) => pid));
    for (const tag of this.tags.keys()) {
      const [pid = '', tid = ''] = tag.split('.');
      const player = cast.get(Number(tid));
      if (player) this.tags.set(tag, processes.size > 1 ? `${pid} ${player.name}` : player.name);
    }
    for (const line of this.element.querySelectorAll<HTMLElement>('[data-who]')) {
      line.dataset.tag = this.tags.get(line.dataset.who ?? '') ?? '';
    }
    this.tell();
  }

  /** Hide or show the tags, and offer to look at one thread alone where several have printed. */
  private tell(): void {
    const isMixed = this.tags.size > 1;
    this.element.classList.toggle('tagged', isMixed);
    this.bar.hidden = !isMixed || this.element.hidden;
    const { value } = this.filter;
    const option = (of: string, label: string) => make('option', { value: of }, label);
    this.filter.replaceChildren(
      option('', 'all threads'),
      ...[...this.tags].map(([tag, name]) => option(tag, name)),
    );
    this.filter.value = this.tags.has(value) ? value : '';
    this.sift();
  }

  private sift(): void {
    const { value } = this.filter;
    for (const line of this.element.querySelectorAll<HTMLElement>('[data-who]')) {
      line.hidden = value !== '' && line.dataset.who !== value;
    }
  }
}

function block(lines: readonly OutputLine[]): HTMLElement {
  return make(
    'div',
    {},
    ...lines.map((line) => {
      const tag = tagOf(line);
      const element = make('div', { 'data-who': tag, 'data-tag': tag, textContent: line.text });
      element.style.setProperty('--hue', hueOf(line.pid, line.tid - line.pid));
      return element;
    }),
  );
}
