// A handler of page faults: the program learns which pages it writes to, as a garbage collector or a snapshot does.
import { mmap, mprotect, peek, poke, print, signal } from 'interleave';

const PAGE = 4096;
const pages = Array.from({ length: 4 }, () => mmap(PAGE, { protection: 'read' }));
const written: number[] = [];

signal('SIGSEGV', (_name, address = 0) => {
  const page = pages.findIndex((start) => address >= start && address < start + PAGE);
  if (page < 0) throw new Error('a wild write'); // comes out of poke
  written.push(page);
  mprotect(pages[page] ?? 0, 'read-write'); // now the write is done again, and succeeds
});

for (const page of [2, 0, 2, 2]) {
  const word = (pages[page] ?? 0) + 8;
  poke(word, peek(word) + 1);
}
print('pages written to, in order:', written.join(', '));
print('page 2 was written', peek((pages[2] ?? 0) + 8), 'times, with one fault');

try {
  poke(0, 1);
} catch (error) {
  print('and the handler noticed', (error as Error).message);
}
