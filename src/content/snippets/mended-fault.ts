// Which of eight pages does the loop write to? Take away the right to write, and note who asks for it.
import { machine, mmap, mprotect, peek, poke, print, signal } from 'interleave';

machine({ cores: 1 });

const pages = Array.from({ length: 8 }, () => mmap(4096, { protection: 'read' }));
const written: number[] = [];

signal('SIGSEGV', (_name, address = 0) => {
  const page = pages.findIndex((start) => address >= start && address < start + 4096);
  written.push(page);
  mprotect(pages[page], 'read-write'); // the write is done again, and now it succeeds
});

for (let i = 0; i < 100; i++) {
  const page = pages[(i * 5) % 8];
  if (i % 4 === 1) poke(page, i);
  else peek(page);
}

print('pages written to:', written.join(' and '));
print('what they hold: ', peek(pages[written[0]]), 'and', peek(pages[written[1]]));
