import type { OutputLine } from '../../engine/index.ts';
import type { SearchProgress } from '../../engine/service.ts';
import { causeOf } from '../views/cause.ts';
import { describeExploration } from '../views/exploration-words.ts';
import type { Comparison, Move } from '../views/intents.ts';
import { isSame } from '../views/pointed.ts';
import { CodeBox } from './code-box.ts';
import { findEdit, keepEdit, openCupboard } from './edits.ts';
import { exploreOptions } from './explore-options.ts';
import { Face } from './face.ts';
import { Gathered } from './gathered.ts';
import { Inspector } from './inspector.ts';
import { type SnippetState, untouched, type ViewName } from './model.ts';
import { BuiltProgram, machineOf, needsCompiler } from './program.ts';
import { type Ending, exploreProgram, runProgram, type SearchEnding, unheard } from './runner.ts';
import type { Pool } from './sandbox/pool.ts';
import { SchedulerGame } from './scheduler-game.ts';
import { moveTo, step } from './stepper.ts';
import { Store } from './store.ts';
import { describeRefusal, describeRun, describeSearch } from './words.ts';

/** Joins one snippet's element, its state and the sandbox. Every intent of the reader is a method here. */
export class SnippetController {
  readonly store: Store<SnippetState>;
  private readonly element: HTMLElement;
  private readonly name: string;
  private readonly pool: Pool;
  private readonly program: BuiltProgram;
  private readonly box: CodeBox;
  private readonly face: Face;
  private readonly game: SchedulerGame;
  private readonly cupboard = openCupboard();
  private stopping: AbortController | null = null;
  private beforeReset: string | null = null;
  /** The reader's own text, where an opened link has put another in its place; null for none. */
  private own: string | null = null;
  /** What the last opened link brought. */
  private linked: string | null = null;
  /** Schedule of the last replay or of an opened link; null leaves the choices to the machine. */
  private schedule: string | null = null;
  /** Where an opened link wants the cursor once the program has run. */
  private waitingCursor: number | null = null;
  /** What the last finished run ran on; another text or machine needs another run. */
  private ran: (Pick<SnippetState, 'text' | 'machine'> & { readonly isWatched: boolean }) | null = null;

  constructor(element: HTMLElement, pool: Pool) {
    this.element = element;
    this.pool = pool;
    this.name = element.dataset.name ?? '';
    this.program = new BuiltProgram(this.name, element.dataset.program ?? null);
    const area = element.querySelector('textarea') as HTMLTextAreaElement;
    const typed = area.value;
    this.store = new Store(untouched(area.defaultValue, machineOf(element.dataset.machine)));
    this.box = new CodeBox(element, area, {
      onInput: (value) => {
        this.edit(value);
        this.expect();
      },
      onRun: () => void this.run(),
    });
    this.game = new SchedulerGame(pool, this.program, this.store);
    this.face = new Face(element, this.store, {
      onCursor: (cursor) => moveTo(this.store, cursor),
      onKeep: (kept) => this.store.set({ kept }),
      onCause: () => void this.jumpToCause(),
      onCompare: (other) => void this.compare(other),
      onPoint: (pointed) => {
        if (!isSame(pointed, this.store.get().pointed)) this.store.set({ pointed });
      },
      onChoose: (chosen) => this.store.set({ chosen }),
      onReplay: (schedule) => void this.run(schedule),
      onSearch: (search) => this.store.set({ search }),
      onGoal: (goal) => this.store.set({ goal }),
      onPlay: (move) => void this.play(move),
    });
    new Inspector(pool, this.program, this.store, () => this.schedule);
    this.takeUpEdit();
    // What was typed before this code had loaded wins over what an earlier visit kept.
    if (typed !== area.defaultValue) this.setText(typed);
    void this.takeUpLink();
    addEventListener('hashchange', () => void this.takeUpLink());
  }

  /** The reader is about to run something: fetch and start what that takes. */
  expect(): void {
    const { text, original } = this.store.get();
    this.pool.warm(text !== original || !this.element.dataset.program);
    void this.program.load();
  }

  /** The reader touched the code and is about to change it. */
  touch(): void {
    this.box.begin();
  }

  /** Show the controls of the machine. */
  showMachine(): void {
    this.face.toggle('machine');
  }

  /** Put the caret at an offset of the text. */
  goTo(offset: number): void {
    this.box.goTo(offset);
  }

  /** A button of the snippet was pressed. */
  press(button: HTMLElement): void {
    if (button.getAttribute('role') === 'tab') {
      this.store.set({ view: button.textContent?.trim() as ViewName });
    }
    const intents: Record<string, () => unknown> = {
      run: () => this.run(),
      stop: () => this.stop(),
      explore: () => this.explore(),
      step: () => this.step(),
      reset: () => this.reset(),
      share: () => this.share(),
      machine: () => this.face.toggle('machine'),
      more: () => this.face.toggle('more'),
    };
    void intents[button.dataset.do ?? '']?.();
  }

  /** Run the text as it stands, by a schedule where one is given. Does nothing while something runs. */
  async run(schedule: string | null = null, isWatched = this.isWatching()): Promise<void> {
    if (this.store.get().phase !== 'idle') return;
    this.game.leave();
    const { text, machine } = this.store.get();
    this.schedule = schedule;
    this.stopping = new AbortController();
    const output = new Gathered((lines) => this.store.set({ lines }));
    // The worker begins before the page is changed, so that the two work side by side.
    const running = this.send(output, this.stopping.signal, isWatched).catch(lost);
    this.store.set({ phase: 'running', status: 'Running…', refusal: null, cursor: null });
    const ending: Ending = await running;
    const lines = output.finish() ?? this.store.get().lines;
    if (ending.kind !== 'finished') return this.giveUp(ending, lines);
    this.finish(ending, lines);
    this.ran = { text, machine, isWatched };
    if (this.waitingCursor !== null) moveTo(this.store, this.waitingCursor);
    else if (schedule !== null) step(this.store, 1);
    this.waitingCursor = null;
  }

  /** Does the reader look at values? Then a run shows them, which takes it longer and changes nothing else. */
  private isWatching(): boolean {
    const { view } = this.store.get();
    return view === 'Memory' || view === 'Threads';
  }

  /** Give the text to a worker; without a pause where all that takes is there. */
  private async send(output: Gathered, signal: AbortSignal, isWatched: boolean): Promise<Ending> {
    const { schedule } = this;
    const { text, machine } = this.store.get();
    const code =
      isWatched && schedule === null
        ? this.program.watched(text)
        : (this.program.codeNow(text) ?? (await this.program.codeFor(text)));
    const lease = this.pool.take(schedule !== null || needsCompiler(code));
    return runProgram(lease, code, machine, output, signal, { schedule });
  }

  /** Ask the run or the search to stop; a worker that does not listen is ended. */
  stop(): void {
    if (!this.stopping) return;
    this.store.set({ phase: 'stopping', status: 'Stopping…' });
    this.stopping.abort();
  }

  /** Run every schedule that matters. */
  async explore(): Promise<void> {
    if (this.store.get().phase !== 'idle') return;
    this.game.leave();
    const { text } = this.store.get();
    this.store.set({
      phase: 'exploring',
      status: 'Exploring…',
      refusal: null,
      exploration: null,
      view: 'Schedules',
    });
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    const tell = (progress: SearchProgress) => this.store.set({ status: describeSearch(progress) });
    const lease = this.pool.take(true);
    const ending: SearchEnding = await this.program
      .codeFor(text)
      .then((code) => exploreProgram(lease, code, exploreOptions(this.store.get()), tell, signal))
      .catch(lost);
    if (ending.kind !== 'explored') return this.giveUp(ending);
    const { exploration, stopped } = ending;
    const status = `${stopped ? 'Stopped. ' : ''}${describeExploration(exploration)}`;
    this.stopping = null;
    this.store.set({ phase: 'idle', exploration, status });
    const { complete, failures } = exploration;
    this.element.dispatchEvent(
      new CustomEvent('snippet:explored', {
        bubbles: true,
        detail: { name: this.name, text, complete: complete && !stopped, failures: failures.length },
      }),
    );
  }

  /** A move of the reader who plays the scheduler. */
  async play(move: Move): Promise<void> {
    if (this.store.get().phase !== 'idle') return;
    if (move === 'leave') this.game.leave();
    else if (move === 'begin') this.schedule = await this.game.begin();
    else if (move === 'undo') this.schedule = await this.game.undo();
    else this.schedule = await this.game.choose(move);
  }

  /** One event further; the first step of a text or a machine runs it. */
  async step(): Promise<void> {
    const { cursor } = this.store.get();
    const isFresh = await this.watch();
    // The same program on the same machine: the same events, now with values.
    if (isFresh && cursor !== null) moveTo(this.store, cursor);
    else if (!isFresh && this.store.get().cursor !== null) return;
    step(this.store, 1);
  }

  /** To what made the run fail. */
  async jumpToCause(): Promise<void> {
    await this.watch();
    const { finished, exploration } = this.store.get();
    const cause = finished && causeOf(finished, exploration);
    if (typeof cause === 'number') moveTo(this.store, cause);
  }

  /** See to it that the run that is shown is of this text and machine and has the values. True where it was before. */
  private async watch(): Promise<boolean> {
    const { finished, text, machine } = this.store.get();
    const { ran, schedule } = this;
    const isFresh = finished !== null && ran?.text === text && ran.machine === machine;
    if (!isFresh || (schedule === null && !ran?.isWatched)) await this.run(schedule, true);
    return isFresh;
  }

  /** Run the program once more on another machine, beside the run that is shown. */
  private async compare({ label, machine: other }: Comparison): Promise<void> {
    const { phase, text, machine } = this.store.get();
    if (phase !== 'idle') return;
    this.stopping = new AbortController();
    this.store.set({ phase: 'running', status: `Running with ${label}…` });
    const { signal } = this.stopping;
    const code = await this.program.codeFor(text);
    const lease = this.pool.take(needsCompiler(code));
    const ending: Ending = await runProgram(lease, code, { ...machine, ...other }, unheard, signal);
    if (ending.kind !== 'finished') return this.giveUp(ending);
    this.stopping = null;
    const { run, stopped } = ending;
    const status = `With ${label}: ${describeRun(run.report, stopped)}`;
    this.store.set({ phase: 'idle', kept: { run, label }, status });
  }

  /** Put a link to this very state on the clipboard and into the address bar. */
  async share(): Promise<void> {
    const { original, text, machine, cursor, view } = this.store.get();
    const { schedule } = this;
    const { fragmentOf } = await import('./share.ts');
    const fragment = fragmentOf(this.element.id, original, { text, machine, cursor, view, schedule });
    const link = new URL(`#${fragment}`, location.href).href;
    history.replaceState(history.state, '', link);
    const copied = await Promise.resolve(navigator.clipboard?.writeText(link).then(() => true)).catch(
      () => false,
    );
    this.store.set({
      status: copied
        ? `Link copied (${link.length} characters). It opens this text, machine, step and view.`
        : 'The address of this page is now the link: copy it from the address bar.',
    });
  }

  /** Back to the book's text; pressed again right after, back to the reader's. */
  reset(): void {
    const { text, original } = this.store.get();
    if (this.own !== null) {
      this.setText(this.own);
      this.own = null;
      this.store.set({ status: 'Your own text is back. Press Reset once more for the listing of the book.' });
    } else if (text !== original) {
      this.beforeReset = text;
      this.setText(original);
      this.store.set({ status: 'The listing is as in the book again. Press Reset once more to undo.' });
    } else if (this.beforeReset !== null) {
      this.setText(this.beforeReset);
      this.beforeReset = null;
      this.store.set({ status: 'Your text is back.' });
    } else {
      this.store.set({
        lines: [],
        finished: null,
        exploration: null,
        refusal: null,
        status: '',
        cursor: null,
      });
    }
  }

  /** Replace the text, as if the reader had typed it. */
  setText(text: string): void {
    this.box.setText(text);
    this.edit(text);
  }

  private edit(text: string): void {
    const { text: before, original } = this.store.get();
    if (text === before) return;
    this.show(text);
    if (!keepEdit(this.cupboard, this.name, original, text)) {
      this.store.set({ status: 'This browser does not keep edits: copy or share what you want to keep.' });
    }
  }

  /** Another text: what was chosen for the old one does not hold for it. */
  private show(text: string): void {
    this.schedule = null;
    this.game.leave();
    this.store.set({ text, refusal: null, cursor: null, pointed: null, chosen: null });
  }

  private finish(
    { run, stopped }: Extract<Ending, { kind: 'finished' }>,
    lines: readonly OutputLine[],
  ): void {
    const { stdout } = run.report;
    const { chosen, finished } = this.store.get();
    this.stopping = null;
    // An event of another run is no event of this one; a watched run of the same program has the same events.
    const isStale = chosen?.event !== undefined && finished?.trace.length !== run.trace.length;
    this.store.set({
      phase: 'idle',
      ...(isStale && { chosen: null }),
      finished: run,
      lines: stdout.length > lines.length ? stdout : lines,
      status: describeRun(run.report, stopped),
    });
    const output = stdout.map(({ text }) => text);
    this.element.dispatchEvent(
      new CustomEvent('snippet:run', { bubbles: true, detail: { name: this.name, output } }),
    );
  }

  /** A run or a search without a result. A program that does not compile leaves the last output; another keeps what it printed. */
  private giveUp(
    ending: Extract<Ending | SearchEnding, { kind: 'refused' | 'lost' }>,
    lines = this.store.get().lines,
  ): void {
    this.stopping = null;
    if (ending.kind === 'refused') {
      const { refusal } = ending;
      this.store.set({ phase: 'idle', refusal, status: describeRefusal(refusal) });
    } else {
      const status = `The worker was lost: ${ending.message}. Pressing the button again starts a fresh one.`;
      this.store.set({ phase: 'idle', status, lines });
    }
  }

  private takeUpEdit(): void {
    const found = findEdit(this.cupboard, this.name, this.store.get().original);
    if (found.kind === 'edit') this.setText(found.text);
    if (found.kind === 'stale') {
      this.beforeReset = found.text;
      this.store.set({
        status: 'The book has changed this listing since you edited it. Press Reset to see your text.',
      });
    }
  }

  /** Open what the address of the page says about this snippet. Runs nothing. */
  private async takeUpLink(): Promise<void> {
    if (!location.hash.startsWith(`#${this.element.id}~`)) return;
    const { BadLink, readFragment } = await import('./share.ts');
    try {
      const shared = readFragment(location.hash.slice(1), this.element.id, this.store.get().original);
      if (!shared) return;
      const { text, original } = this.store.get();
      const isOwn = text !== original && text !== shared.text && text !== this.linked;
      if (isOwn) this.own ??= text;
      this.linked = shared.text;
      this.box.setText(shared.text);
      // What a link brings is not kept until the reader changes it: an edit kept earlier stays where it is.
      this.show(shared.text);
      this.schedule = shared.schedule;
      this.waitingCursor = shared.cursor;
      const { machine, view } = shared;
      const kept = this.own === null ? '' : ' Your own text is kept: Reset brings it back.';
      const status = `Opened from a link. Press Run or Step to see what it does.${kept}`;
      this.store.set({ machine, view, status });
    } catch (error) {
      if (!(error instanceof BadLink)) throw error;
      this.store.set({
        status: `This link cannot be opened: ${error.message}. The listing is as in the book.`,
      });
    }
    this.element.scrollIntoView();
  }
}

const lost = (error: unknown) =>
  ({ kind: 'lost', message: error instanceof Error ? error.message : String(error) }) as const;
