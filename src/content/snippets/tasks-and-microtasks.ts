// Two timers, and a promise inside the first one.
import { print } from 'interleave';

setTimeout(() => {
  print('first timer');
  Promise.resolve().then(() => print('promise of the first timer'));
}, 0);

setTimeout(() => print('second timer'), 0);

queueMicrotask(() => print('microtask'));
print('script');
