// A new sheet is written aside and hung up in one step.
// Nobody ever changes a sheet that hangs.
import { Atomic, assert, print, Thread } from 'interleave';

const hours = new Atomic({ opens: 8, closes: 12 });

const manager = new Thread(() => {
  hours.store({ opens: 14, closes: 22 });
});
const guest = new Thread(() => {
  const { opens, closes } = hours.load();
  print('open from', opens, 'to', closes);
  assert(opens < closes, `open from ${opens} to ${closes}`);
});

manager.join();
guest.join();
