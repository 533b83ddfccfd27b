/** A table wider than the page scrolls in a box of its own, which the keyboard can reach. */
import type { HastPluginDefinition } from 'satteri';

/** Puts every table of the text into a box that can scroll. */
export const wideTables: HastPluginDefinition = {
  name: 'wide-tables',
  element: {
    filter: ['table'],
    visit(node) {
      return {
        type: 'element',
        tagName: 'div',
        properties: { class: 'table', tabindex: '0' },
        children: [node],
      };
    },
  },
};
