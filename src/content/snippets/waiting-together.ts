// Three servers answer in 5 ms each. One thread waits three times; three threads wait once.
import { io, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, costs: 'free' });

const servers = ['news', 'mail', 'maps'];
const fetchFrom = (server: string) => io(ms(5), server);

let start = now();
for (const server of servers) fetchFrom(server);
print('one thread:   ', (now() - start) / ms(1), 'ms');

start = now();
const threads = servers.map((server) => new Thread(() => fetchFrom(server)));
for (const thread of threads) thread.join();
print('three threads:', (now() - start) / ms(1), 'ms');
