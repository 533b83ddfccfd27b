// One recipe, cooked twice: each process has its own pot.
import { getpid, machine, Process, print } from 'interleave';

machine({ cores: 1 });

let dishes = 0;

const recipe = () => {
  for (let step = 1; step <= 3; step++) dishes++;
  print('process', getpid(), 'cooked', dishes);
};

const first = new Process(recipe);
const second = new Process(recipe);
first.wait();
second.wait();

print('process', getpid(), 'cooked', dishes);
