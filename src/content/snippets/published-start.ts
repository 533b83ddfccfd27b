// What the creator pays for a thread, and for a process.
import { exit, fork, machine, now, print, Thread, waitpid } from 'interleave';

machine({ cores: 1, costs: 'modern', quantum: 100_000_000 });

let start = now();
const thread = new Thread(() => {});
print('a thread:', Math.round(now() - start), 'ns');
thread.join();

start = now();
if (fork() === 0) exit(0);
print('a process:', Math.round(now() - start), 'ns');
waitpid();
