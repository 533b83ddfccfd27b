import type { OutputLine } from '../../engine/index.ts';
import { hueOf, type Player } from '../views/cast.ts';
import { processWords } from '../views/format.ts';
import { make } from './dom.ts';

/** Lines drawn as one unit, so that a long log costs only what is in sight. */
const blockLines = 100;

/** Blocks written in one task: a few milliseconds of work. */
const blocksATask = 5;

/** A log this long can be cleared by a button, whoever printed it. */
const longLog = 10;

const tagOf = ({ pid, tid }: OutputLine) => `${pid}.${tid}`;

/** Some lines of the log, and how they were dressed: which threads have names, which one is shown alone. */
interface Block {
  /** Lines before it. */
  readonly from: number;
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
  /** Colours of the threads as the views have them, by tag. */
  private readonly hues = new Map<string, string>();
  private blocks: Block[] = [];
  /** Blocks before this one are in the log and dressed as they should be. */
  private done = 0;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private scrolling = 0;
  /** Stands for the names and the filter as they are now; another object once they change. */
  private dress: object = {};
  /** Lines that the moment shown knows of; the others are to come. */
  private most = Number.POSITIVE_INFINITY;
  /** Thread whose lines are marked; 0 for none. */
  private marked = 0;
  /** The one line that is marked, where not all of a thread are; -1 for none. */
  private markedLine = -1;

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
    const first = goesOn ? this.shown.length : 0;
    const added = lines.slice(first);
    for (let from = 0; from < added.length; from += blockLines) {
      const some = added.slice(from, from + blockLines);
      this.blocks.push({
        from: first + from,
        lines: some,
        element: document.createElement('div'),
        dress: null,
      });
    }
    const before = this.tags.size;
    for (const line of added) {
      const tag = tagOf(line);
      if (!this.tags.has(tag)) this.tags.set(tag, tag);
    }
    this.shown = lines;
    if (this.tags.size !== before || !goesOn || lines.length >= longLog) this.tell();
    this.write();
  }

  /** Call the threads by their names, once they are known. */
  name(cast: ReadonlyMap<number, Player>): void {
    const processes = new Set([...cast.values()].map(({ pid }) => pid));
    for (const tag of this.tags.keys()) {
      const [, tid = ''] = tag.split('.');
      const player = cast.get(Number(tid));
      if (!player) continue;
      this.tags.set(tag, processes.size > 1 ? processWords(player.name, player.pid) : player.name);
      this.hues.set(tag, player.hue);
    }
    this.tell();
    if (this.tags.size > 1) this.redress();
  }

  /** Show only so many lines, those printed by the moment that is shown, and mark the lines of a thread (0: of none), or (from 0 on) one line. */
  limit(most: number, marked: number, markedLine = -1): void {
    if (most === this.most && marked === this.marked && markedLine === this.markedLine) return;
    this.most = most;
    this.marked = marked;
    this.markedLine = markedLine;
    this.redress();
  }

  /** The line under a place in the log and its number, from 0 on; null where there is none. */
  lineOf(target: EventTarget | null): { readonly line: OutputLine; readonly number: number } | null {
    const parent = target instanceof HTMLElement ? target.parentElement : null;
    const block = parent && this.blocks.find(({ element }) => element === parent);
    const index = block ? [...block.element.children].indexOf(target as HTMLElement) : -1;
    const line = block?.lines[index];
    return block && line ? { line, number: block.from + index } : null;
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
    this.filter.hidden = !isMixed;
    this.element.classList.toggle('barred', isMixed || this.shown.length >= longLog);
    this.bar.hidden = this.element.hidden || !this.element.classList.contains('barred');
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
    // An empty log is not measured: that would lay out the page before the first line is in it.
    const isAtEnd =
      this.scrolling !== 0 ||
      element.firstChild === null ||
      element.scrollHeight - element.scrollTop - element.clientHeight < 4;
    for (; this.done < until; this.done++) this.put(this.blocks[this.done] as Block);
    if (isAtEnd) this.scrollSoon();
    if (this.done < this.blocks.length) this.waiting = setTimeout(() => this.write());
  }

  /** Bring the end into sight when the page is drawn next. */
  private scrollSoon(): void {
    this.scrolling ||= requestAnimationFrame(() => {
      this.scrolling = 0;
      this.element.scrollTop = this.element.scrollHeight;
    });
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
    for (const [index, printed] of block.lines.entries()) {
      const line = block.element.children[index] as HTMLElement;
      const tag = tagOf(printed);
      line.dataset.tag = this.tags.get(tag) ?? tag;
      const hue = this.hues.get(tag);
      if (hue) line.style.setProperty('--hue', hue);
      const isMarked =
        this.markedLine < 0 ? printed.tid === this.marked : block.from + index === this.markedLine;
      line.classList.toggle('pointed', isMarked);
      line.hidden = (value !== '' && tag !== value) || block.from + index >= this.most;
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
