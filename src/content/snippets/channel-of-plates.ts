// Nobody shares the counter: the cooks send, and one thread counts.
import { assert, Channel, print, Thread } from 'interleave';

const plates = new Channel<number>(2);

const counting = new Thread(() => {
  let counter = 0;
  for (const n of plates) counter += n;
  return counter;
});
const cook = () => {
  plates.send(1);
  plates.send(1);
};

const cooks = [new Thread(cook), new Thread(cook)];
for (const thread of cooks) thread.join();
plates.close();

const total = counting.join();
print(total);
assert(total === 4, 'a plate was not counted');
