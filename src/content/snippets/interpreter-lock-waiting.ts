// The same lock, but now the threads wait. Whoever waits lets go of the lock.
import { io, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 4, interpreterLock: true, costs: 'free' });

const servers = ['news', 'mail', 'maps', 'time'];

const start = now();
const threads = servers.map((server) => new Thread(() => io(ms(10), server)));
for (const thread of threads) thread.join();
print('four threads that wait:', (now() - start) / ms(1), 'ms');
