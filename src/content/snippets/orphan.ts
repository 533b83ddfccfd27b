// A child that outlives its parent is adopted.
import { getppid, ms, Process, print, sleep } from 'interleave';

const parent = new Process(() => {
  new Process(() => {
    print('my parent is process', getppid());
    sleep(ms(2));
    print('my parent is process', getppid());
  });
  sleep(ms(1)); // long enough for the child to look once
});

parent.wait();
print('the parent has ended');
sleep(ms(5));
