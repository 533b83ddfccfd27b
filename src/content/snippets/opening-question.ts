// The whole answer in one program:
// two threads, then two processes, and one variable.
import { Process, print, Thread } from 'interleave';

let visits = 0;
const visit = () => {
  visits++;
};

new Thread(visit).join();
new Thread(visit).join();
print('after two threads:  ', visits);

new Process(visit).wait();
new Process(visit).wait();
print('after two processes:', visits);
