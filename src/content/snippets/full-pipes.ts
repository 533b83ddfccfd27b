// Two processes, no lock.
// Each writes its whole letter before it reads the other's.
import { Process, pipe, print } from 'interleave';

const [fromChild, toParent] = pipe<string>();
const [fromParent, toChild] = pipe<string>();
const page = 'x'.repeat(1000);
const pages = 100;

const child = new Process(
  () => {
    for (let i = 0; i < pages; i++) toParent.write(page);
    for (let i = 0; i < pages; i++) fromParent.read();
  },
  { name: 'child' },
);

for (let i = 0; i < pages; i++) toChild.write(page);
for (let i = 0; i < pages; i++) fromChild.read();
child.wait();
print('letters exchanged');
