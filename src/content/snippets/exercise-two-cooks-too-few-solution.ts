// A queue and a helper of their own for what the cooks wait for.
import { assert, Channel, print, Thread } from 'interleave';

const jobs = new Channel<() => void>(8);
const chopping = new Channel<() => void>(8);
const served = new Channel<string>(2);

const cook = () => {
  for (const job of jobs) job();
};
const cooks = [new Thread(cook), new Thread(cook)];
const helper = new Thread(() => {
  for (const job of chopping) job();
});

const dish = (name: string) => () => {
  const chopped = new Channel<string>(1);
  chopping.send(() => chopped.send('carrots')); // the helper's job
  served.send(`${name} with ${chopped.receive()}`); // waits for it
};
jobs.send(dish('soup'));
jobs.send(dish('stew'));
const plates = [served.receive(), served.receive()];

jobs.close();
chopping.close();
for (const each of [...cooks, helper]) each.join();
print(plates.sort().join(', '));
assert(plates.join() === 'soup with carrots,stew with carrots', 'a guest goes hungry');
