// What runs when an async function awaits a value that is already there?
import { print } from 'interleave';

const cook = async () => {
  print('cook: start');
  await null;
  print('cook: after await');
};

print('before the call');
cook();
print('after the call');
