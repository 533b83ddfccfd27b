// A stove without a queue: whoever asks at the right moment has it. Then the same with a queue.
import { Atomic, compute, Mutex, machine, print, sleep, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'free' });

const turns = (take: () => void, giveBack: () => void) => {
  let order = '';
  const cook = (name: string) => () => {
    for (let dish = 0; dish < 5; dish++) {
      take();
      order += name;
      compute(us(10));
      giveBack();
    }
  };
  const ann = new Thread(cook('A'));
  const ben = new Thread(cook('B'));
  ann.join();
  ben.join();
  return order;
};

const taken = new Atomic(false);
const ask = () => {
  while (!taken.compareExchange(false, true)) sleep(us(3));
};
print(
  'asking now and then:',
  turns(ask, () => taken.store(false)),
);

const stove = new Mutex();
print(
  'standing in a queue:',
  turns(
    () => stove.lock(),
    () => stove.unlock(),
  ),
);
