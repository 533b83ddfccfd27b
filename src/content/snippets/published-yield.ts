// Two threads with nothing to do but give way: what a switch costs.
import { exit, machine, now, print, Thread, yieldThread } from 'interleave';

machine({ cores: 1, costs: 'modern', quantum: 100_000_000 });

const rounds = 200;

new Thread(() => {
  for (;;) yieldThread();
});
yieldThread();

const start = now();
for (let i = 0; i < rounds; i++) yieldThread();
print('one way:', Math.round((now() - start) / rounds / 2), 'ns');
exit(0);
