// fork copies the page tables: what it costs with so much memory in use.
import { exit, fork, machine, malloc, now, poke, print, waitpid } from 'interleave';

machine({ cores: 1, costs: 'modern', quantum: 100_000_000 });

const mebibytes = 16;
const page = 4096;
const bytes = mebibytes * 1024 * 1024;

const block = malloc(bytes);
for (let i = 0; i < bytes; i += page) poke(block + i, 1);

const start = now();
if (fork() === 0) exit(0);
print(`fork with ${mebibytes} MiB:`, Math.round(now() - start), 'ns');
waitpid();
