// Returning from the main thread is not the end: the process ends with its last thread.
import { currentThread, machine, ms, print, sleep, Thread } from 'interleave';

machine({ cores: 1 });

new Thread(() => {
  sleep(ms(2));
  print('the process is still here');
});

new Thread(() => {
  sleep(ms(5));
  print('never printed: nobody waits for a detached thread');
}).detach();

print('thread', currentThread().id, 'is the main thread, and it is done');
