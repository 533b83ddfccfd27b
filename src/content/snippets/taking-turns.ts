// Three jobs, one core, a slice of 1 ms each in turn.
import { compute, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: ms(1), costs: 'free' });

const job = (name: string, need: number) =>
  new Thread(
    () => {
      compute(ms(need));
      print(name.padEnd(6), 'ended at', now() / ms(1), 'ms');
    },
    { name },
  );

job('long', 6);
job('short', 2);
job('medium', 3);
