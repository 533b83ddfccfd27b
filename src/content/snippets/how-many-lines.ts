// How many lines does this print?
import { fork, getpid, machine, ms, print, sleep } from 'interleave';

machine({ cores: 1 });

fork();
fork();
print('hello from process', getpid());
sleep(ms(10)); // nobody leaves early
