// Eight small tasks with walls between them, and without.
import { compute, machine, now, Process, print, Thread, us } from 'interleave';

machine({ cores: 4, costs: 'modern' });

const tasks = Array.from({ length: 8 }, () => () => compute(us(50)));

let start = now();
const threads = tasks.map((task) => new Thread(task));
for (const thread of threads) thread.join();
const withoutWalls = now() - start;

start = now();
const children = tasks.map((task) => new Process(task));
for (const child of children) child.wait();
const withWalls = now() - start;

print('eight threads:  ', Math.round(withoutWalls / us(1)), 'us');
print('eight processes:', Math.round(withWalls / us(1)), 'us');
