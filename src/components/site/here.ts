/** Marks in the contents which section is being read: the last heading that has passed the top of the window. */

/** How far below the top of the window, in pixels, a heading counts as passed. */
const MARGIN = 120;

/** Index of the section being read, given where the headings are relative to the top of the window; -1 before the first. */
export function sectionAt(tops: readonly number[]): number {
  return tops.findLastIndex((top) => top <= MARGIN);
}

/** Keeps `aria-current` on the link of the section that is being read. */
export function markSection(links: readonly HTMLAnchorElement[]): void {
  const headings = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  let waiting = false;
  const mark = () => {
    waiting = false;
    const current = sectionAt(
      headings.map((heading) => heading?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY),
    );
    for (const [index, link] of links.entries()) {
      if (index === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  addEventListener(
    'scroll',
    () => {
      if (!waiting) requestAnimationFrame(mark);
      waiting = true;
    },
    { passive: true },
  );
  mark();
}
