// A generator: calling it runs nothing. Each next() runs it to its next yield.
import { print } from 'interleave';

function* recipe() {
  print('boil water');
  const salt: string = yield 'how much salt?';
  print('add', salt, 'of salt');
  yield 'how long?';
  print('never reached');
}

const cooking = recipe();
print('nothing has happened yet');
print(cooking.next().value);
print(cooking.next('a pinch').value);
print('and here we stop listening');
