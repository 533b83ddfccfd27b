// The same, but waiting raises a thread's priority.
import { compute, currentThread, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, policy: { name: 'priority', quantum: ms(1), aging: ms(3) }, costs: 'free' });

currentThread().priority = 10; // until everything is set up

new Thread(
  () => {
    compute(ms(1));
    print('the patient thread ended at', now() / ms(1), 'ms');
  },
  { name: 'patient', priority: 1 },
);

for (let i = 0; i < 10; i++)
  new Thread(() => compute(ms(5)), { name: `urgent ${i}`, priority: 5, arrival: ms(5 * i) });
