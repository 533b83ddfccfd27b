// Three ovens, six cooks: a semaphore counts the ovens that are free.
import { machine, now, print, Semaphore, sleep, Thread, us } from 'interleave';

machine({ costs: 'free' });

const ovens = new Semaphore(3);

const bake = (cook: number) => {
  ovens.acquire();
  print(now() / us(1), 'µs: cook', cook, 'opens an oven');
  sleep(us(10));
  ovens.release();
};

const cooks = [1, 2, 3, 4, 5, 6].map((cook) => new Thread(() => bake(cook)));
for (const cook of cooks) cook.join();
print(now() / us(1), 'µs: everything is baked');
