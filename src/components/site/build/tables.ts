/** Tables of the text: what Markdown cannot say about them. */
import type { HastPluginDefinition } from 'satteri';

/** A corner without text is no header: it would be read out as an empty one. */
const emptyCorners: HastPluginDefinition = {
  name: 'empty-corners',
  element: {
    filter: ['th'],
    visit(node, context) {
      if (context.textContent(node).trim() === '') return { ...node, tagName: 'td' };
    },
  },
};

/** A table wider than the page scrolls in a box of its own, which the keyboard can reach. */
const wideTables: HastPluginDefinition = {
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

/** In the order in which they have to run: inside first. */
export const tables: readonly HastPluginDefinition[] = [emptyCorners, wideTables];
