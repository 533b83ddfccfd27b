// An event loop in fifteen lines:
// a list of what to do when, and a thread that goes through it.
import { machine, now, print, sleep, us } from 'interleave';

machine({ costs: 'free' });

type Task = { at: number; run: () => void };
const tasks: Task[] = [];

const later = (delay: number, run: () => void) => {
  tasks.push({ at: now() + delay, run });
  tasks.sort((a, b) => a.at - b.at);
};
const runLoop = () => {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    sleep(Math.max(0, task.at - now())); // nothing to do until then
    task.run();
  }
};

const cook = (dish: string, minutes: number) => {
  print(dish, 'is in the oven');
  later(us(minutes), () => print(dish, 'is done at', now() / us(1), 'µs'));
};
cook('bread', 30);
cook('cake', 20);
runLoop();
