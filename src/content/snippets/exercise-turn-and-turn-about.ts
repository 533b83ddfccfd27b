// Two threads should write one letter each, in turns, beginning with a.
import { assert, print, Thread } from 'interleave';

let text = '';

const ann = new Thread(() => {
  for (let i = 0; i < 2; i++) {
    text += 'a';
  }
});
const ben = new Thread(() => {
  for (let i = 0; i < 2; i++) {
    text += 'b';
  }
});
ann.join();
ben.join();

print(text);
assert(text === 'abab', 'somebody spoke out of turn');
