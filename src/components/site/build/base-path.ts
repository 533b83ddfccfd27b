/** Authors write `/learn/…/`; a book that is served from a folder needs that folder in front. */
import type { HastPluginDefinition } from 'satteri';

/** Puts `base` before every link of the text that starts at the root of the book. */
export function basePath(base: string): HastPluginDefinition {
  const prefix = base.replace(/\/$/, '');
  return {
    name: 'base-path',
    element: {
      filter: ['a'],
      visit(node, context) {
        const href = node.properties?.href;
        if (prefix && typeof href === 'string' && /^\/(?!\/)/.test(href)) {
          context.setProperty(node, 'href', prefix + href);
        }
      },
    },
  };
}
