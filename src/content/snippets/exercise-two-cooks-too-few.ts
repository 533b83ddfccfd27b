// Two cooks take jobs from one queue. Each dish needs a helper's job done first.
import { assert, Channel, print, Thread } from 'interleave';

const jobs = new Channel<() => void>(8);
const served = new Channel<string>(2);

const cook = () => {
  for (const job of jobs) job();
};
const cooks = [new Thread(cook), new Thread(cook)];

const dish = (name: string) => () => {
  const chopped = new Channel<string>(1);
  jobs.send(() => chopped.send('carrots')); // the helper's job
  served.send(`${name} with ${chopped.receive()}`); // waits for it
};
jobs.send(dish('soup'));
jobs.send(dish('stew'));
const plates = [served.receive(), served.receive()];

jobs.close();
for (const each of cooks) each.join();
print(plates.sort().join(', '));
assert(plates.join() === 'soup with carrots,stew with carrots', 'a guest goes hungry');
