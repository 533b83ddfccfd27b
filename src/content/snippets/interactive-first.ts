// A typist who needs 0.1 ms at each key, and a video encoder that takes all it can get.
import { compute, machine, ms, now, print, sleep, Thread } from 'interleave';

machine({ cores: 1, policy: { name: 'mlfq', queues: 3, quanta: [ms(1), ms(4), ms(16)] }, costs: 'free' });

new Thread(() => compute(ms(200)), { name: 'encoder' });

let worst = 0;
const typist = new Thread(
  () => {
    for (let key = 1; key <= 10; key++) {
      const pressed = ms(10 * key);
      sleep(Math.max(0, pressed - now()));
      compute(ms(0.1));
      worst = Math.max(worst, now() - pressed);
    }
  },
  { name: 'typist' },
);

typist.join();
print('the slowest key took', (worst / ms(1)).toFixed(1), 'ms to appear');
