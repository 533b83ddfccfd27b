import type { OutputLine } from '../../engine/index.ts';
import { CodeBox } from './code-box.ts';
import { type Found, findEdit, keepEdit, openCupboard } from './edits.ts';
import { type Mark, Marks } from './marks.ts';
import { type SnippetState, untouched, type ViewName, views } from './model.ts';
import { OutputLog } from './output.ts';
import { BuiltProgram, machineOf } from './program.ts';
import { type Ending, runProgram } from './runner.ts';
import type { Lease, Pool } from './sandbox/pool.ts';
import { Store } from './store.ts';
import { describeRefusal, describeRun } from './words.ts';

/** Joins one snippet's element, its state and the sandbox. Every intent of the reader is a method here. */
export class SnippetController {
  readonly store: Store<SnippetState>;
  readonly element: HTMLElement;
  readonly name: string;
  private readonly pool: Pool;
  private readonly program: BuiltProgram;
  private readonly box: CodeBox;
  private readonly cupboard = openCupboard();
  private stopping: AbortController | null = null;
  private beforeReset: string | null = null;

  constructor(element: HTMLElement, pool: Pool) {
    this.element = element;
    this.pool = pool;
    this.name = element.dataset.name ?? '';
    this.program = new BuiltProgram(this.name, element.dataset.program ?? null);
    const text = element.querySelector('textarea') as HTMLTextAreaElement;
    this.store = new Store(untouched(text.defaultValue || text.value, machineOf(element.dataset.machine)));
    this.box = new CodeBox(element, text, {
      onInput: (value) => this.edit(value),
      onRun: () => void this.run(),
    });
    this.show();
    this.takeUp(findEdit(this.cupboard, this.name, this.store.get().original));
    if (text.value !== this.store.get().text) this.edit(text.value);
  }

  /** The reader is about to run something: fetch and start what that takes. */
  expect(): void {
    this.pool.warm();
    void this.program.load();
  }

  /** A button of the snippet was pressed. */
  press(button: HTMLElement): void {
    if (button.getAttribute('role') === 'tab') this.open(button.textContent?.trim() as ViewName);
    const intents: Record<string, () => unknown> = {
      run: () => this.run(),
      stop: () => this.stop(),
      reset: () => this.reset(),
    };
    void intents[button.dataset.do ?? '']?.();
  }

  /** Run the text as it stands. Does nothing while something runs. */
  async run(): Promise<void> {
    if (this.store.get().phase !== 'idle') return;
    const { text, machine, lines } = this.store.get();
    this.store.set({ phase: 'running', status: 'Running…', refusal: null, cursor: null });
    this.stopping = new AbortController();
    const output = new Gathered((gathered) => this.store.set({ lines: gathered }));
    let ending: Ending;
    try {
      const [lease, code] = await Promise.all([this.pool.take(), this.program.codeFor(text)]);
      ending = await runProgram(lease as Lease, code, machine, output, this.stopping.signal);
    } catch (error) {
      ending = { kind: 'lost', message: error instanceof Error ? error.message : String(error) };
    }
    output.flush();
    this.end(ending, lines);
  }

  /** Ask the run to stop; a worker that does not listen is ended. */
  stop(): void {
    if (this.store.get().phase !== 'running') return;
    this.store.set({ phase: 'stopping', status: 'Stopping…' });
    this.stopping?.abort();
  }

  /** Back to the book's text; pressed again right after, back to the reader's. */
  reset(): void {
    const { text, original } = this.store.get();
    if (text !== original) {
      this.beforeReset = text;
      this.setText(original);
      this.store.set({ status: 'The listing is as in the book again. Press Reset once more to undo.' });
    } else if (this.beforeReset !== null) {
      this.setText(this.beforeReset);
      this.beforeReset = null;
      this.store.set({ status: 'Your text is back.' });
    } else this.store.set({ lines: [], finished: null, refusal: null, status: '', cursor: null });
  }

  /** Show one of the views. */
  open(view: ViewName): void {
    this.store.set({ view });
  }

  /** Replace the text, as if the reader had typed it. */
  setText(text: string): void {
    this.box.setText(text);
    this.edit(text);
  }

  private edit(text: string): void {
    if (text === this.store.get().text) return;
    this.store.set({ text, refusal: null, cursor: null });
    if (!keepEdit(this.cupboard, this.name, this.store.get().original, text)) {
      this.store.set({ status: 'This browser does not keep edits: copy or share what you want to keep.' });
    }
  }

  private end(ending: Ending, linesBefore: readonly OutputLine[]): void {
    this.stopping = null;
    if (ending.kind === 'finished') {
      const { run, stopped } = ending;
      this.store.set({
        phase: 'idle',
        finished: run,
        lines:
          run.report.stdout.length >= this.store.get().lines.length
            ? run.report.stdout
            : this.store.get().lines,
        status: describeRun(run.report, stopped),
      });
    } else if (ending.kind === 'refused') {
      const { refusal } = ending;
      this.store.set({ phase: 'idle', refusal, lines: linesBefore, status: describeRefusal(refusal) });
    } else {
      this.store.set({
        phase: 'idle',
        status: `The run was lost: ${ending.message}. Run starts it again on a fresh machine.`,
      });
    }
  }

  private takeUp(found: Found): void {
    if (found.kind === 'edit') this.setText(found.text);
    if (found.kind === 'stale') {
      this.beforeReset = found.text;
      this.store.set({
        status: 'The book has changed this listing since you edited it. Press Reset to see your text.',
      });
    }
  }

  private show(): void {
    const part = (selector: string) => this.element.querySelector(selector) as HTMLElement;
    const log = new OutputLog(part('.snippet-output'));
    const marks = new Marks(part('.snippet-paper'));
    const status = part('.snippet-status');
    const [run, stop] = [part('[data-do=run]') as HTMLButtonElement, part('[data-do=stop]')];
    const edited = document.createElement('span');
    edited.className = 'edited';
    part('.snippet-title').append(edited);
    let shown: SnippetState | null = null;
    const update = () => {
      const state = this.store.get();
      log.show(state.lines);
      if (state.refusal !== shown?.refusal || state.finished !== shown?.finished) marks.show(marksOf(state));
      if (state.status !== shown?.status) status.textContent = state.status;
      edited.textContent = state.text === state.original ? '' : 'edited';
      run.disabled = state.phase !== 'idle';
      stop.hidden = state.phase === 'idle';
      if (state.view !== shown?.view) this.showView(state.view);
      shown = state;
    };
    this.store.subscribe(update);
    update();
    part('[role=tablist]').addEventListener('keydown', (event) => this.moveTab(event));
  }

  private showView(view: ViewName): void {
    for (const tab of this.element.querySelectorAll<HTMLElement>('[role=tab]')) {
      const selected = tab.textContent?.trim() === view;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      if (selected) this.element.querySelector('[role=tabpanel]')?.setAttribute('aria-labelledby', tab.id);
    }
    const output = this.element.querySelector<HTMLElement>('.snippet-output');
    if (output) output.hidden = view !== 'Output';
  }

  private moveTab(event: KeyboardEvent): void {
    const at = views.indexOf(this.store.get().view);
    const moves: Record<string, number> = {
      ArrowRight: (at + 1) % views.length,
      ArrowLeft: (at + views.length - 1) % views.length,
      Home: 0,
      End: views.length - 1,
    };
    const view = views[moves[event.key] ?? -1];
    if (!view) return;
    event.preventDefault();
    this.open(view);
    this.element.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  }
}

/** Lines as they come, told on at most once a frame. */
class Gathered {
  private lines: readonly OutputLine[] = [];
  private waiting = 0;
  private readonly tell: (lines: readonly OutputLine[]) => void;

  constructor(tell: (lines: readonly OutputLine[]) => void) {
    this.tell = tell;
  }

  onStart = (): void => this.tell([]);

  onLines = (lines: readonly OutputLine[]): void => {
    this.lines = [...this.lines, ...lines];
    this.waiting ||= requestAnimationFrame(() => this.flush());
  };

  flush(): void {
    if (this.waiting === 0) return;
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.tell(this.lines);
  }
}

function marksOf({ refusal, finished }: SnippetState): Mark[] {
  if (refusal)
    return refusal.line > 0 ? [{ line: refusal.line, kind: 'error', label: 'does not compile' }] : [];
  const error = finished?.report.error;
  return error && error.line > 0 ? [{ line: error.line, kind: 'error', label: 'failed here' }] : [];
}
