// An error nobody catches ends the process: all its threads, and no other process.
import { compute, machine, ms, Process, print, Thread } from 'interleave';

machine({ cores: 1 });

const office = new Process(() => {
  new Thread(() => {
    compute(ms(1));
    throw new Error('coffee on the papers');
  });
  new Thread(() => {
    compute(ms(5));
    print('never printed: the colleague was thrown out too');
  });
});

const nextDoor = new Process(() => {
  compute(ms(5));
  print('next door finished its day');
});

const { code, signal } = office.wait();
print('the office closed with', signal ?? `exit code ${code}`);
nextDoor.wait();
