import type { OutputLine } from '../../engine/index.ts';
import { hueOf, type Player } from '../views/cast.ts';
import { make } from './dom.ts';

/** Lines drawn as one unit, so that a long log costs only what is in sight. */
const blockLines = 200;

/** Blocks written in one task: a few milliseconds of work. */
const blocksATask = 5;

const tagOf = ({ pid, tid }: OutputLine) => `${pid}.${tid}`;

/** Some lines of the log, and how they were dressed: which threads have names, which one is shown alone. */
interface Block {
  readonly lines: readonly OutputLine[];
  readonly element: HTMLElement;
  dress: object | null;
}

/**
 * Writes what a program prints into its log. The text of the log is exactly what was printed, a line a line. A long log
 * is written a few blocks a task, so that it never holds up the page.
 */
export class OutputLog {
  private readonly element: HTMLElement;
  private readonly filter = make('select', { 'aria-label': 'Show the output of' });
  private readonly bar: HTMLElement;
  private shown: readonly OutputLine[] = [];
  private tags = new Map<string, string>();
  private blocks: Block[] = [];
  /** Blocks before this one are in the log and dressed as they should be. */
  private done = 0;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  /** Stands for the names and the filter as they are now; another object once they change. */
  private dress: object = {};

  /** `onClear` empties the list of lines. */
  constructor(element: HTMLElement, onClear: () => void) {
    this.element = element;
    const clear = make('button', { type: 'button' }, 'Clear output');
    this.bar = make('div', { className: 'snippet-output-bar', hidden: true }, this.filter, clear);
    element.before(this.bar);
    clear.addEventListener('click', onClear);
    this.filter.addEventListener('change', () => this.redress());
  }

  /** Show these lines; a list that goes on from the one shown is appended to. */
  show(lines: readonly OutputLine[]): void {
    if (lines === this.shown) return;
    const goesOn = lines.length >= this.shown.length && lines[0] === this.shown[0];
    if (!goesOn) this.empty();
    const added = lines.slice(goesOn ? this.shown.length : 0);
    for (let from = 0; from < added.length; from += blockLines) {
      const some = added.slice(from, from + blockLines);
      this.blocks.push({ lines: some, element: document.createElement('div'), dress: null });
    }
    const before = this.tags.size;
    for (const line of added) {
      const tag = tagOf(line);
      if (!this.tags.has(tag)) this.tags.set(tag, tag);
    }
    this.shown = lines;
    if (this.tags.size !== before || !goesOn) this.tell();
    this.write();
  }

  /** Call the threads by their names, once they are known. */
  name(cast: ReadonlyMap<number, Player>): void {
    const processes = new Set([...cast.values()].map(({ pid }) => pid));
    for (const tag of this.tags.keys()) {
      const [pid = '', tid = ''] = tag.split('.');
      const player = cast.get(Number(tid));
      if (player) this.tags.set(tag, processes.size > 1 ? `${pid} ${player.name}` : player.name);
    }
    this.tell();
    if (this.tags.size > 1) this.redress();
  }

  private empty(): void {
    this.element.replaceChildren();
    this.tags = new Map();
    this.blocks = [];
    this.done = 0;
  }

  /** Offer to look at one thread alone where several have printed; tags are hidden where only one has. */
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
    if (this.filter.value !== value) this.redress();
  }

  private redress(): void {
    this.dress = {};
    this.done = 0;
    this.write();
  }

  /** Write and dress some blocks now and the rest soon. */
  private write(): void {
    if (this.waiting !== null) clearTimeout(this.waiting);
    this.waiting = null;
    const { element } = this;
    const until = Math.min(this.blocks.length, this.done + blocksATask);
    if (until === this.done) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 4;
    for (; this.done < until; this.done++) this.put(this.blocks[this.done] as Block);
    if (atEnd) element.scrollTop = element.scrollHeight;
    if (this.done < this.blocks.length) this.waiting = setTimeout(() => this.write());
  }

  private put(block: Block): void {
    if (block.dress === null) {
      // Line ends between the lines, as text: whoever reads or copies the log gets what was printed, a line a line.
      if (this.element.firstChild) this.element.append('\n');
      block.element.append(...block.lines.flatMap((line, index) => [index ? '\n' : '', lineElement(line)]));
      this.element.append(block.element);
    }
    if (block.dress !== this.dress) this.dressUp(block);
  }

  private dressUp(block: Block): void {
    const { value } = this.filter;
    let index = 0;
    for (let line = block.element.firstElementChild; line; line = line.nextElementSibling) {
      const tag = tagOf(block.lines[index++] as OutputLine);
      const { dataset } = line as HTMLElement;
      dataset.tag = this.tags.get(tag) ?? tag;
      (line as HTMLElement).hidden = value !== '' && tag !== value;
    }
    block.dress = this.dress;
  }
}

function lineElement({ text, pid, tid }: OutputLine): HTMLElement {
  const element = document.createElement('div');
  element.textContent = text;
  element.style.setProperty('--hue', hueOf(pid, tid - pid));
  return element;
}
