import type { Choice, ExplorationReport } from '../../engine/index.ts';
import { castOf, hueOf } from '../views/cast.ts';
import { describeEvent } from '../views/event-words.ts';
import { lineOf, momentAt } from '../views/moment.ts';
import type { ViewIntents } from '../views/mount.tsx';
import { make } from './dom.ts';
import { machinePanel } from './machine-panel.ts';
import { type Mark, Marks } from './marks.ts';
import { type SnippetState, type ViewName, views } from './model.ts';
import { morePanel } from './more-panel.ts';
import { OutputLog } from './output.ts';
import { stepper } from './stepper.ts';
import type { Store } from './store.ts';

/** Keeps a snippet's element equal to its state. Knows no intents but those it is given. */
export class Face {
  private readonly element: HTMLElement;
  private readonly store: Store<SnippetState>;
  private readonly intents: ViewIntents;
  private readonly log: OutputLog;
  private readonly marks: Marks;
  private readonly edited = make('span', { className: 'edited' });
  private readonly viewsHost = make('div', { className: 'snippet-views' });
  private readonly panels = new Map<string, HTMLElement>();
  private mounted = false;
  private shown: SnippetState | null = null;

  constructor(element: HTMLElement, store: Store<SnippetState>, intents: ViewIntents) {
    this.element = element;
    this.store = store;
    this.intents = intents;
    this.log = new OutputLog(this.part('.snippet-output'), () => store.set({ lines: [] }));
    this.marks = new Marks(this.part('.snippet-paper'));
    this.part('.snippet-title').append(this.edited);
    this.part('[role=tabpanel]').append(this.viewsHost);
    this.part('.snippet-bar').after(stepper(store));
    this.part('[role=tablist]').addEventListener('keydown', (event) => this.moveTab(event));
    store.subscribe(() => this.update());
    this.update();
  }

  /** Show or hide the panel of a button; it is made when first asked for. */
  toggle(name: 'machine' | 'more'): void {
    const button = this.part(`[data-do=${name}]`);
    let panel = this.panels.get(name);
    if (panel) panel.hidden = !panel.hidden;
    else {
      panel = name === 'machine' ? machinePanel(this.store) : morePanel(this.element, this.store);
      this.panels.set(name, panel);
      this.part('.snippet-bar').after(panel);
    }
    button.setAttribute('aria-expanded', String(!panel.hidden));
  }

  private part<T extends HTMLElement>(selector: string): T {
    return this.element.querySelector(selector) as T;
  }

  private update(): void {
    const state = this.store.get();
    const before = this.shown;
    this.shown = state;
    this.log.show(state.lines);
    if (state.finished && state.finished !== before?.finished) this.log.name(castOf(state.finished.trace));
    const marked = [
      'refusal',
      'finished',
      'exploration',
      'cursor',
      'hoveredLine',
      'text',
      'view',
      'game',
    ] as const;
    if (marked.some((key) => state[key] !== before?.[key])) this.marks.show(marksOf(state));
    const status = this.part('.snippet-status');
    if (state.status !== before?.status) status.textContent = state.status;
    this.edited.textContent = state.text === state.original ? '' : 'edited';
    const busy = state.phase !== 'idle';
    for (const name of ['run', 'explore', 'step']) {
      this.part<HTMLButtonElement>(`[data-do=${name}]`).setAttribute('aria-disabled', String(busy));
    }
    this.part('[data-do=stop]').hidden = !busy;
    this.part('[data-do=machine]').classList.toggle('changed', Object.keys(state.machine).length > 0);
    if (state.view !== before?.view) this.showView(state.view);
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
    this.part('.snippet-output-bar').hidden = output.hidden || !output.classList.contains('tagged');
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

/** The lines to point at: what does not compile, what failed, where the threads are, what a view points at. */
export function marksOf(state: SnippetState): Mark[] {
  const { refusal, finished, cursor, hoveredLine, text, exploration, view, game } = state;
  const hover: Mark[] = hoveredLine ? [{ line: hoveredLine, kind: 'hover' }] : [];
  if (refusal) {
    return refusal.line > 0
      ? [{ line: refusal.line, kind: 'error', label: 'does not compile' }, ...hover]
      : hover;
  }
  if (cursor === null && view === 'Schedules' && exploration) return [...guilty(exploration), ...hover];
  if (!finished || finished.map.source.trimEnd() !== text) return hover;
  const { trace, map, report } = finished;
  if (game && cursor === trace.length) return [...game.choices.flatMap(nextStep), ...hover];
  if (cursor !== null) {
    const cast = castOf(trace);
    const last =
      cursor > 0 ? { line: lineOf(trace, map, cursor - 1), tid: trace.tid[cursor - 1] ?? 0 } : null;
    const there = momentAt(trace, map, cursor)
      .threads.filter(({ state, line }) => state !== 'over' && line > 0)
      .map(
        ({ line, hue, name, tid }): Mark => ({
          line,
          hue,
          kind: tid === last?.tid ? 'current' : 'hover',
          label:
            tid === last?.tid ? describeEvent(trace, map, cursor - 1).replace(/ \(line \d+\)$/, '') : name,
        }),
      );
    const lone = last && last.line > 0 && !there.some(({ kind }) => kind === 'current');
    return [
      ...there,
      ...(lone ? [{ line: last.line, kind: 'current', hue: cast.get(last.tid)?.hue ?? '' } as const] : []),
      ...hover,
    ];
  }
  const { error } = report;
  return error && error.line > 0
    ? [{ line: error.line, kind: 'error', label: 'failed here' }, ...hover]
    : hover;
}

/** Where a thread stands that may go next, in the colour it has in every view. */
function nextStep({ line, tid, name, operation }: Choice): Mark[] {
  const hue = hueOf(1, tid - 1);
  return line > 0 ? [{ line, hue, kind: 'current', label: `${name}: ${operation}` }] : [];
}

/** The places that make the first failure, or the accesses that race where nothing fails; one mark a line. */
function guilty({ failures, races }: ExplorationReport): Mark[] {
  const lines = new Map<number, string>();
  const [failure] = failures;
  for (const { line, tid } of failure?.guilty ?? []) {
    lines.set(line, [lines.get(line), `thread ${tid}`].filter(Boolean).join(', '));
  }
  if (!failure) {
    for (const { variable, first, second } of races) {
      for (const { line, write } of [first, second]) {
        if (write || !lines.has(line)) lines.set(line, `${write ? 'stores' : 'loads'} ${variable} unordered`);
      }
    }
  }
  lines.delete(0);
  return [...lines].map(([line, label]) => ({ line, label, kind: 'guilty' }));
}
