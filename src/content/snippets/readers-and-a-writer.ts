// Two guests read the opening hours while the manager changes them.
import { assert, print, RWLock, Thread } from 'interleave';

const hours = { opens: 8, closes: 12 };
const sheet = new RWLock();

const manager = new Thread(() => {
  sheet.writeLock();
  hours.opens = 14;
  hours.closes = 22;
  sheet.writeUnlock();
});
const guest = () => {
  sheet.readLock();
  const { opens, closes } = hours;
  sheet.readUnlock();
  assert(closes === (opens === 8 ? 12 : 22), `open from ${opens} to ${closes}`);
};

const guests = [new Thread(guest), new Thread(guest)];
for (const thread of [manager, ...guests]) thread.join();
print('nobody has seen half a change');
