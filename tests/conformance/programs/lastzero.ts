import { Thread } from 'interleave';

const cells = [0, 0, 0, 0];
const reader = new Thread(() => {
  let i = 3;
  while (cells[i] !== 0) i--;
});
const writer = (j: number) => () => {
  cells[j] = (cells[j - 1] ?? 0) + 1;
};
const one = new Thread(writer(1));
const two = new Thread(writer(2));
const three = new Thread(writer(3));
reader.join();
one.join();
two.join();
three.join();
