import { type RefObject, useCallback, useEffect, useState } from 'react';

/** Resolve CSS colours for a canvas; the function changes when the theme does. */
export function useColours(element: RefObject<HTMLElement | null>): (css: string) => string {
  const [theme, setTheme] = useState('');
  useEffect(() => {
    const read = () => setTheme(document.documentElement.dataset.theme ?? '');
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return useCallback(
    (css: string) => {
      const name = /^var\((--[\w-]+)\)$/.exec(css)?.[1];
      if (!name) return css;
      const known = cache.get(theme + name);
      if (known) return known;
      const value = getComputedStyle(element.current ?? document.documentElement)
        .getPropertyValue(name)
        .trim();
      if (value) cache.set(theme + name, value);
      return value || '#888';
    },
    [theme, element],
  );
}

const cache = new Map<string, string>();
