import { pointAt } from '../views/pointed.ts';
import type { SnippetState } from './model.ts';
import type { Store } from './store.ts';

/** The pointer over the code points at its line: views mark what happened there. Nothing where nothing has run. */
export function followPointer(code: HTMLElement, store: Store<SnippetState>): void {
  const listing = code.querySelector('.snippet-listing');
  const lineAt = (y: number): number => {
    const lines = listing?.querySelector('code')?.children;
    const [first, second] = [lines?.[0], lines?.[1]].map((line) => line?.getBoundingClientRect());
    if (!lines || !first) return 0;
    const height = second ? second.top - first.top : first.height;
    const line = Math.floor((y - first.top) / height) + 1;
    return line >= 1 && line <= lines.length ? line : 0;
  };
  const show = (line: number) => {
    const { pointed, finished } = store.get();
    if (!finished || (pointed?.line ?? 0) === line) return;
    const place = pointAt({ line });
    store.set({ pointed: place && { ...place, isInCode: true } });
  };
  code.addEventListener('pointermove', ({ clientY }) => show(lineAt(clientY)), { passive: true });
  code.addEventListener('pointerleave', () => show(0));
}
