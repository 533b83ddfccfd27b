import { castOf } from '../views/cast.ts';
import type { ViewIntents } from '../views/intents.ts';
import { lineAround, lineOf } from '../views/moment.ts';
import { isSame, type Pointed, pointAt } from '../views/pointed.ts';
import { eventOfLine, lineOfEvent, printsBefore } from '../views/prints.ts';
import { readerOf, readSoon } from '../views/trace-reader.ts';
import { followPointer } from './code-pointer.ts';
import { make } from './dom.ts';
import { machinePanel, machineWords } from './machine-panel.ts';
import { type Mark, Marks } from './marks.ts';
import { ownMarks, pointedMark } from './marks-of.ts';
import { type SnippetState, type ViewName, views } from './model.ts';
import { OutputLog } from './output.ts';
import { hasFailed, stepper } from './stepper.ts';
import type { Store } from './store.ts';

/** Keeps a snippet's element equal to its state. Knows no intents but those it is given. */
export class Face {
  private readonly element: HTMLElement;
  private readonly store: Store<SnippetState>;
  private readonly intents: ViewIntents;
  private readonly log: OutputLog;
  private readonly marks: Marks;
  private readonly edited = make('span', { className: 'edited' });
  private readonly machine = make('span', { className: 'edited' });
  private readonly viewsHost = make('div', { className: 'snippet-views' });
  private readonly panels = new Map<string, HTMLElement>();
  private mounted = false;
  private isSteppable = false;
  private ownMarks: readonly Mark[] = [];
  private stopReading = () => {};
  private shown: SnippetState | null = null;

  constructor(element: HTMLElement, store: Store<SnippetState>, intents: ViewIntents) {
    this.element = element;
    this.store = store;
    this.intents = intents;
    this.log = new OutputLog(this.part('.snippet-output'), () => store.set({ lines: [] }));
    this.marks = new Marks(this.part('.snippet-paper'));
    this.part('.snippet-title').append(this.machine, this.edited);
    this.part('[role=tabpanel]').append(this.viewsHost);
    followPointer(this.part('.snippet-code'), store);
    this.followLog();
    this.part('[role=tablist]').addEventListener('keydown', (event) => this.moveTab(event));
    store.subscribe(() => this.update());
    this.update();
  }

  /** Show or hide the panel of a button; it is made when first asked for. */
  async toggle(name: 'machine' | 'more'): Promise<void> {
    const known = this.panels.get(name);
    const panel =
      known ??
      (name === 'machine'
        ? machinePanel(this.store)
        : (await import('./more-panel.ts')).morePanel(this.element, this.store));
    if (known) panel.hidden = !panel.hidden;
    else if (!this.panels.has(name)) {
      this.panels.set(name, panel);
      this.part('.snippet-bar').after(panel);
    }
    this.part(`[data-do=${name}]`).setAttribute('aria-expanded', String(!panel.hidden));
  }

  private part<T extends HTMLElement>(selector: string): T {
    return this.element.querySelector(selector) as T;
  }

  /** Marks of where threads stand, now and once more when a long trace has been read so far. */
  private markSoon(state: SnippetState): void {
    this.stopReading();
    const { finished, cursor } = state;
    if (finished && !readerOf(finished.trace).isNear(cursor ?? 0)) {
      this.stopReading = readSoon(finished.trace, cursor ?? 0, () => {
        this.ownMarks = ownMarks(this.store.get());
        this.marks.show([...this.ownMarks, ...pointedMark(this.store.get())]);
      });
    }
    this.ownMarks = ownMarks(state);
  }

  private update(): void {
    const state = this.store.get();
    const before = this.shown;
    this.shown = state;
    this.log.show(state.lines);
    if (state.finished && state.finished !== before?.finished) this.log.name(castOf(state.finished.trace));
    const marked = ['refusal', 'finished', 'exploration', 'cursor', 'text', 'view', 'game'] as const;
    const isMoved = marked.some((key) => state[key] !== before?.[key]);
    if (isMoved) this.markSoon(state);
    if (isMoved || state.pointed !== before?.pointed || state.chosen !== before?.chosen)
      this.marks.show([...this.ownMarks, ...pointedMark(state)]);
    const { tid = 0, event } = state.pointed ?? state.chosen ?? {};
    const printed = event === undefined || !state.finished ? -1 : lineOfEvent(state.finished.trace, event);
    this.log.limit(printedBy(state), tid, printed);
    const status = this.part('.snippet-status');
    if (state.status !== before?.status) status.textContent = state.status;
    this.edited.textContent = state.text === state.original ? '' : 'edited';
    const other = machineWords(state.machine);
    this.machine.textContent = other && `machine: ${other}`;
    const busy = state.phase !== 'idle';
    for (const name of ['run', 'explore', 'step']) {
      this.part<HTMLButtonElement>(`[data-do=${name}]`).setAttribute('aria-disabled', String(busy));
    }
    this.part('[data-do=stop]').hidden = !busy;
    this.part('[data-do=machine]').classList.toggle('changed', Object.keys(state.machine).length > 0);
    if (!this.isSteppable && (state.cursor !== null || hasFailed(state.finished))) {
      this.isSteppable = true;
      this.part('.snippet-bar').after(stepper(this.store, () => this.intents.onCause()));
    }
    if (state.view !== before?.view) this.showView(state.view);
  }

  /** The pointer over a line of output points at what printed it; a press marks that in every view until the next press. */
  private followLog(): void {
    const output = this.part('.snippet-output');
    output.addEventListener('pointerover', ({ target }) => {
      const printed = this.printed(target);
      if (printed) this.intents.onPoint(printed);
    });
    output.addEventListener('click', ({ target }) => {
      const printed = this.printed(target);
      const hasSelected = !(getSelection()?.isCollapsed ?? true);
      if (printed && !hasSelected)
        this.intents.onChoose(isSame(printed, this.store.get().chosen) ? null : printed);
    });
    output.addEventListener('pointerleave', () => this.intents.onPoint(null));
  }

  /** What printed the line of output that is there; null where that is not known. */
  private printed(target: EventTarget | null): Pointed | null {
    const { finished } = this.store.get();
    const found = this.log.lineOf(target);
    if (!finished || !found) return null;
    const { trace, map } = finished;
    const { tid, time } = found.line;
    const event = eventOfLine(trace, found.number);
    const line = lineOf(trace, map, event) || lineAround(trace, map, tid, time);
    return pointAt({ tid, line, event });
  }

  private showView(view: ViewName): void {
    for (const tab of this.element.querySelectorAll<HTMLElement>('[role=tab]')) {
      const selected = tab.textContent?.trim() === view;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      if (selected) this.part('[role=tabpanel]').setAttribute('aria-labelledby', tab.id);
    }
    const output = this.part('.snippet-output');
    output.hidden = view !== 'Output';
    this.part('.snippet-output-bar').hidden = output.hidden || !output.classList.contains('barred');
    if (view === 'Output' || this.mounted) return;
    this.mounted = true;
    void import('../views/mount.tsx').then(({ mountViews }) =>
      mountViews(this.viewsHost, this.store, this.intents),
    );
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
    this.store.set({ view });
    this.part('[role=tab][aria-selected=true]').focus();
  }
}

/** How many lines had been printed at the cursor; all of them where nobody steps. */
function printedBy({ finished, cursor }: SnippetState): number {
  if (cursor === null || !finished || cursor >= finished.trace.length) return Number.POSITIVE_INFINITY;
  return printsBefore(finished.trace, cursor);
}
