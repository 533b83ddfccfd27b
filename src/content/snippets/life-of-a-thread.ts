// Ready, running, blocked: one thread waits for a device, the other never does.
import { compute, io, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: ms(1), costs: 'free' });

const reader = () => {
  compute(ms(1)); // running
  io(ms(2.5)); // blocked, then ready, then running again
  compute(ms(1));
  print('reader  ended at', now() / ms(1), 'ms');
};

const cruncher = () => {
  compute(ms(4)); // running, and ready whenever its slice is over
  print('cruncher ended at', now() / ms(1), 'ms');
};

new Thread(reader, { name: 'reader' });
new Thread(cruncher, { name: 'cruncher' });
