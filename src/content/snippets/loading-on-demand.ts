// Memory is promised at once and delivered at the first touch.
import { machine, malloc, now, peek, print } from 'interleave';

machine({ cores: 1, policy: 'fifo', costs: 'modern' });

const PAGE = 4096;
const pages = 100;
const block = malloc(pages * PAGE);

const readAll = () => {
  const start = now();
  for (let i = 0; i < pages; i++) peek(block + i * PAGE);
  return Math.round((now() - start) / pages);
};

print('first touch: ', readAll(), 'ns a page');
print('second touch:', readAll(), 'ns a page');
