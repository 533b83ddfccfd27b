import { assert, Thread } from 'interleave';

const shared = { a: 0, b: 0 };
const setter = () => {
  shared.a = 1;
  shared.b = -1;
};
function checker(): void {
  assert((shared.a === 0 && shared.b === 0) || (shared.a === 1 && shared.b === -1), 'half an update');
}
const crew = [...Array(2).fill(setter), checker].map((body: () => void) => new Thread(body));
for (const t of crew) t.join();
