// fork copies no data, but it does copy the page tables: a bigger parent waits longer.
import { exit, fork, machine, malloc, now, poke, print, us, waitpid } from 'interleave';

machine({ cores: 1, policy: 'fifo', costs: 'modern' });

const PAGE = 4096;
const MIB = 1024 * 1024;

const timeFork = () => {
  const start = now();
  const pid = fork();
  if (pid === 0) exit(0);
  const elapsed = now() - start;
  waitpid(pid);
  return (elapsed / us(1)).toFixed(0);
};

print('small process:', timeFork(), 'us');

const block = malloc(4 * MIB);
for (let i = 0; i < 4 * MIB; i += PAGE) poke(block + i, 1);
print('4 MiB touched:', timeFork(), 'us');
