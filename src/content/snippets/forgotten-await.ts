// An async function that fails, called without await.
import { print } from 'interleave';

const save = async (order: string) => {
  await null;
  throw new Error(`no room for the ${order}`);
};

try {
  save('soup');
  print('saved, it seems');
} catch {
  print('never printed: the error comes later');
}

setTimeout(() => print('and the process is gone before this'), 10);
