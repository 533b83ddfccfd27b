// The whole answer in one program: two threads, then two processes, and one variable.
import { machine, Process, print, Thread } from 'interleave';

machine({ cores: 1 });

let visits = 0;
const visit = () => {
  visits++;
};

const threads = [new Thread(visit), new Thread(visit)];
for (const thread of threads) thread.join();
print('after two threads:  ', visits);

const children = [new Process(visit), new Process(visit)];
for (const child of children) child.wait();
print('after two processes:', visits);
