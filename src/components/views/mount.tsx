/** The views of one snippet, as one React root. Loaded when a reader opens a tab other than Output. */
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { FinishedRun, SearchChoice, SnippetState, ViewName } from '../snippet/model.ts';
import type { Store } from '../snippet/store.ts';
import { CostsView } from './CostsView.tsx';
import { MemoryView } from './MemoryView.tsx';
import type { ViewProps } from './props.ts';
import { SchedulesView } from './SchedulesView.tsx';
import { ThreadsView } from './ThreadsView.tsx';
import { Timeline } from './Timeline.tsx';
import './views.css';

/** What views ask of the snippet. */
export interface ViewIntents {
  onCursor(cursor: number): void;
  onKeep(run: FinishedRun | null): void;
  onLine(line: number | null): void;
  onReplay(schedule: string): void;
  onPlay(move: Move): void;
  onSearch(search: SearchChoice): void;
}

/** What a reader who plays the scheduler does: a process to let go, or one of these. */
export type Move = number | 'begin' | 'undo' | 'leave';

const pictures: Partial<Record<ViewName, (props: ViewProps) => React.ReactNode>> = {
  Timeline,
  Memory: MemoryView,
  Threads: ThreadsView,
  Costs: CostsView,
};

function Views({ store, intents }: { readonly store: Store<SnippetState>; readonly intents: ViewIntents }) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { view, finished, cursor, kept } = state;
  if (view === 'Schedules') return <SchedulesView state={state} intents={intents} />;
  const Picture = pictures[view];
  if (!Picture) return null;
  if (!finished)
    return <p className="view-note">Run the program first: this view is drawn from what happened.</p>;
  return <Picture key={view} run={finished} cursor={cursor} kept={kept} {...intents} />;
}

/** Draw the views into an element and keep them drawn. */
export function mountViews(element: HTMLElement, store: Store<SnippetState>, intents: ViewIntents): void {
  createRoot(element).render(<Views store={store} intents={intents} />);
}
