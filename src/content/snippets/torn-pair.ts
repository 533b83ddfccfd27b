// The opening hours are changed one field at a time,
// and somebody reads in between.
import { assert, print, Thread } from 'interleave';

const hours = { opens: 8, closes: 12 };

const manager = new Thread(() => {
  hours.opens = 14;
  hours.closes = 22;
});
const guest = new Thread(() => {
  const { opens, closes } = hours;
  print('open from', opens, 'to', closes);
  assert(opens < closes, `open from ${opens} to ${closes}`);
});

manager.join();
guest.join();
