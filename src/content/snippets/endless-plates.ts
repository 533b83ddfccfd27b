// A loop without an end, of which we take as much as we want.
import { print } from 'interleave';

function* plates() {
  let number = 1;
  while (true) yield number++;
}

function* take<T>(count: number, source: Iterable<T>) {
  if (count === 0) return;
  for (const item of source) {
    yield item;
    if (--count === 0) return;
  }
}

print(...take(5, plates()));
