// Every thread sees its own value of the same variable.
import { compute, machine, print, Thread, ThreadLocal, us } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: us(6), costs: 'free' });

const customer = new ThreadLocal('nobody');
const log = (text: string) => print(`[${customer.get()}]`, text);

const serve = (name: string) => {
  customer.set(name);
  log('order taken');
  compute(us(10)); // the other thread runs here, and sets its own
  log('served');
};

const threads = [new Thread(() => serve('Ada')), new Thread(() => serve('Bob'))];
for (const thread of threads) thread.join();
log('the main thread never set it');
