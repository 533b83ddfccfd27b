/** The views of one snippet, as one React root. Loaded when a reader opens a tab other than Output. */
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { SnippetState, ViewName } from '../snippet/model.ts';
import type { Store } from '../snippet/store.ts';
import { CostsView } from './CostsView.tsx';
import type { ViewIntents } from './intents.ts';
import { MemoryView } from './MemoryView.tsx';
import type { MomentProps, ViewProps } from './props.ts';
import { SchedulesView } from './SchedulesView.tsx';
import { ThreadsView } from './ThreadsView.tsx';
import { Timeline } from './Timeline.tsx';
import { useMoment } from './use-moment.ts';
import styles from './views.css?inline';

/** A view of one moment, once the trace has been read up to it. */
function atMoment(View: (props: MomentProps) => React.ReactNode) {
  return function AtMoment(props: ViewProps) {
    const moment = useMoment(props.run, props.cursor);
    return moment ? <View {...props} moment={moment} /> : <p className="view-note">Reading the trace…</p>;
  };
}

const pictures: Partial<Record<ViewName, (props: ViewProps) => React.ReactNode>> = {
  Timeline,
  Memory: atMoment(MemoryView),
  Threads: atMoment(ThreadsView),
  Costs: CostsView,
};

function Views({ store, intents }: { readonly store: Store<SnippetState>; readonly intents: ViewIntents }) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { view, finished, cursor, kept, chosen, inspected, phase } = state;
  const pointed = state.pointed ?? chosen;
  if (view === 'Schedules') return <SchedulesView state={state} intents={intents} />;
  const Picture = pictures[view];
  if (!Picture) return null;
  if (!finished)
    return (
      <p className="view-note">
        {phase === 'idle'
          ? 'Run the program first: this view is drawn from what happened.'
          : 'Running. This view is drawn from what happened, when the run is over.'}
      </p>
    );
  const isHere = inspected?.run === finished && inspected.cursor === cursor;
  const [stacks, inside] = isHere ? [inspected.stacks, inspected.inside] : [null, null];
  return (
    <Picture key={view} run={finished} {...{ cursor, kept, pointed, chosen, stacks, inside }} {...intents} />
  );
}

/** The views' style, which no page needs before: a sheet of its own would be linked into every page. */
let isStyled = false;

/** Draw the views into an element and keep them drawn. */
export function mountViews(element: HTMLElement, store: Store<SnippetState>, intents: ViewIntents): void {
  if (!isStyled)
    document.head.append(Object.assign(document.createElement('style'), { textContent: styles }));
  isStyled = true;
  createRoot(element).render(<Views store={store} intents={intents} />);
}
