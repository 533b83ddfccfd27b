// fork copies no pages. The first write to a page does.
import { machine, malloc, now, Process, peek, poke, print } from 'interleave';

machine({ cores: 1, policy: 'fifo', costs: 'modern' });

const PAGE = 4096;
const pages = 64;
const block = malloc(pages * PAGE);

const each = (visit: (page: number) => void) => {
  const start = now();
  for (let i = 0; i < pages; i++) visit(block + i * PAGE);
  return Math.round((now() - start) / pages);
};
each((page) => poke(page, 1)); // the parent has all 64 pages

const child = new Process(() => {
  print(
    'read:        ',
    each((page) => peek(page)),
    'ns a page',
  );
  print(
    'first write: ',
    each((page) => poke(page, 2)),
    'ns a page',
  );
  print(
    'second write:',
    each((page) => poke(page, 3)),
    'ns a page',
  );
});
child.wait();
print('the parent still reads', peek(block));
