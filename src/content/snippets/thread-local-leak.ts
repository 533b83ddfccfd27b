// A pool keeps its threads, and the threads keep what the last job left in them.
import { Channel, print, Thread, ThreadLocal } from 'interleave';

const customer = new ThreadLocal('nobody');
const jobs = new Channel<() => void>(2);

const worker = new Thread(() => {
  for (const job of jobs) job();
});

jobs.send(() => {
  customer.set('Ada');
  print('signed in as', customer.get());
});
jobs.send(() => print('a guest, served as', customer.get()));
jobs.close();
worker.join();
