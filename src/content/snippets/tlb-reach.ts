// Read one word of each of n pages, over and over. Each page needs a translation.
import { machine, mmap, now, peek, print } from 'interleave';

machine({ cores: 1, policy: 'fifo', costs: 'modern' });

const PAGE = 4096;
const LINE = 64;
const rounds = 3;

const timeRead = (pages: number) => {
  const block = mmap(pages * PAGE);
  const readAll = () => {
    for (let i = 0; i < pages; i++) peek(block + i * PAGE + (i % 64) * LINE); // another cache line in each page
  };
  readAll(); // the pages arrive
  const start = now();
  for (let round = 0; round < rounds; round++) readAll();
  return ((now() - start) / (rounds * pages)).toFixed(1);
};

for (const pages of [16, 64, 512, 4096]) print(pages, 'pages:', timeRead(pages), 'ns a read');
