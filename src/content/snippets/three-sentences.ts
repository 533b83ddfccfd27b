// Three sentences that are often said, each put to the test.
import { machine, ms, now, Process, print, SharedMemory, sleep, Thread, us } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: us(1) });

const verdict = (sentence: string, holds: boolean) => print(holds ? 'holds: ' : 'broken:', sentence);

let counter = 0;
const add = () => {
  for (let i = 0; i < 1000; i++) counter++;
};
const adders = [new Thread(add), new Thread(add)];
for (const adder of adders) adder.join();
verdict('on one core no update is lost', counter === 2000);

const board = new SharedMemory('board', 1);
new Process(() => board.set(0, 1)).wait();
verdict('processes cannot share data', board.get(0) === 0);

const loop = new Process(() => {
  while (true);
});
const start = now();
sleep(ms(1));
verdict('an endless loop stops everybody else', now() - start > ms(2));
loop.kill();
loop.wait();
