import { describe, expect, test } from 'vitest';
import { explored, outputsOf, replayed } from './explored.ts';

/** A program of processes with the number of its classes and its outputs, both worked out by hand. */
interface Case {
  readonly source: string;
  readonly executions: number;
  readonly outputs: readonly string[];
}

const cases: Record<string, Case> = {
  'a child has its own copy, and waiting for it is no choice': {
    source: `import { fork, waitpid, exit, print } from 'interleave';
let secret = 41;
const pid = fork();
if (pid === 0) { secret++; print('child', secret); exit(3); }
const { code } = waitpid(pid);
print('parent', secret, code);`,
    executions: 1,
    outputs: ['child 42 parent 41 3'],
  },
  'two children interleave only where they print': {
    source: `import { Process, print } from 'interleave';
const a = new Process(() => { print('a1'); print('a2'); }), b = new Process(() => { print('b'); });
a.wait(); b.wait();`,
    executions: 3,
    outputs: ['a1 a2 b', 'a1 b a2', 'b a1 a2'],
  },
  'the same variable in two processes is two variables': {
    source: `import { Process, print } from 'interleave';
let x = 0;
const work = () => { x++; x++; return x; };
const a = new Process(work), b = new Process(work);
print(a.wait().code, b.wait().code, x);`,
    executions: 1,
    outputs: ['2 2 0'],
  },
  'one writer and one reader of a pipe have one class': {
    source: `import { Process, pipe, print } from 'interleave';
const [r, w] = pipe<number>();
const a = new Process(() => { r.close(); for (let i = 0; i < 3; i++) w.write(i); });
w.close();
for (const n of r) print(n);
print('end', a.wait().code);`,
    executions: 1,
    outputs: ['0 1 2 end 0'],
  },
  'a full pipe makes its writer wait, and is still one class': {
    source: `import { Process, pipe, print } from 'interleave';
const [r, w] = pipe<number>(8);
const a = new Process(() => { r.close(); for (let i = 0; i < 3; i++) w.write(i); });
w.close();
for (const n of r) print(n);
a.wait();`,
    executions: 1,
    outputs: ['0 1 2'],
  },
  'two writers of a pipe: every merge of their messages': {
    source: `import { Process, pipe, print } from 'interleave';
const [r, w] = pipe<string>();
const work = (name: string) => () => { w.write(name); w.write(name); };
const a = new Process(work('a')), b = new Process(work('b'));
w.close();
let text = '';
for (const s of r) text += s;
print(text);
a.wait(); b.wait();`,
    executions: 6,
    outputs: ['aabb', 'abab', 'abba', 'baab', 'baba', 'bbaa'],
  },
  'two readers of a pipe: who gets which of two messages': {
    source: `import { Process, pipe, print } from 'interleave';
const [r, w] = pipe<number>();
const read = () => r.read()!;
const a = new Process(read), b = new Process(read);
w.write(1); w.write(2);
print(a.wait().code, b.wait().code);`,
    // Who reads first, and whether that one has ended (and closed the pipe) before the second message is written.
    executions: 4,
    outputs: ['1 2', '2 1'],
  },
  'a message queue is found by name, and two senders come in either order': {
    source: `import { Process, MessageQueue, print } from 'interleave';
const send = (n: number) => () => new MessageQueue<number>('q').send(n);
const a = new Process(send(1)), b = new Process(send(2));
const q = new MessageQueue<number>('q');
print(q.receive(), q.receive());
a.wait(); b.wait();`,
    executions: 2,
    outputs: ['1 2', '2 1'],
  },
  'whoever waits for any child gets the first that ended': {
    source: `import { Process, waitpid, print } from 'interleave';
new Process(() => 1); new Process(() => 2);
print(waitpid().code, waitpid().code);`,
    executions: 4,
    outputs: ['1 2', '2 1'],
  },
  'an increment of a shared word is a load and a store': {
    source: `import { Process, SharedMemory, print } from 'interleave';
const m = new SharedMemory('m', 2);
const work = () => { m.set(0, m.get(0) + 1); };
const a = new Process(work), b = new Process(work);
a.wait(); b.wait();
print(m.get(0));`,
    executions: 4,
    outputs: ['1', '2'],
  },
  'different shared words are independent': {
    source: `import { Process, SharedMemory, print } from 'interleave';
const m = new SharedMemory('m', 2);
const work = (i: number) => () => { m.set(i, m.get(i) + 1); };
const a = new Process(work(0)), b = new Process(work(1));
a.wait(); b.wait();
print(m.get(0), m.get(1));`,
    executions: 1,
    outputs: ['1 1'],
  },
  'a failed compareExchange on a shared word only reads it': {
    source: `import { Process, SharedMemory } from 'interleave';
const m = new SharedMemory('m', 1);
const work = () => { m.compareExchange(0, 5, 6); };
const a = new Process(work), b = new Process(work);
a.wait(); b.wait();`,
    executions: 1,
    outputs: [''],
  },
  'peek and poke of a shared mapping are a load and a store of one word': {
    source: `import { Process, mmap, peek, poke, print } from 'interleave';
const at = mmap(4096, { shared: true });
const work = () => { poke(at, peek(at) + 1); };
const a = new Process(work), b = new Process(work);
a.wait(); b.wait();
print(peek(at));`,
    executions: 4,
    outputs: ['1', '2'],
  },
  'a private mapping is copied': {
    source: `import { Process, mmap, peek, poke, print } from 'interleave';
const at = mmap(4096);
poke(at, 1);
const a = new Process(() => { poke(at, peek(at) + 1); return peek(at); });
poke(at, 7);
print(a.wait().code, peek(at));`,
    executions: 1,
    outputs: ['2 7'],
  },
  'a fault ends its process and no other': {
    source: `import { Process, poke, print } from 'interleave';
const a = new Process(() => { poke(0, 1); print('not reached'); });
print(a.wait().signal);`,
    executions: 1,
    outputs: ['SIGSEGV'],
  },
  'a signal that ends a process may arrive before each of its steps, its end included, or after all': {
    source: `import { Process, print } from 'interleave';
const a = new Process(() => { print(1); print(2); });
a.kill();
print(a.wait().signal);`,
    executions: 4,
    outputs: ['1 2 SIGTERM', '1 2 null', '1 SIGTERM', 'SIGTERM'],
  },
  'a signal ends a process that waits for what never comes': {
    source: `import { Process, pipe, print } from 'interleave';
const [r] = pipe<number>();
const a = new Process(() => { r.read(); });
a.kill('SIGKILL');
print(a.wait().signal);`,
    executions: 1,
    outputs: ['SIGKILL'],
  },
  'a signal ends a loop that does nothing else': {
    source: `import { Process, print } from 'interleave';
const a = new Process(() => { while (true) {} });
a.kill();
print(a.wait().signal);`,
    executions: 1,
    outputs: ['SIGTERM'],
  },
  'a handler may run between the load and the store of an increment': {
    source: `import { Process, signal, pipe, print } from 'interleave';
const [r, w] = pipe<number>();
const a = new Process(() => {
  let n = 0;
  signal('SIGUSR1', () => { n += 10; });
  w.write(1);
  n = n + 1;
  print(n);
});
r.read();
a.kill('SIGUSR1');
a.wait();`,
    executions: 6,
    outputs: ['1', '11'],
  },
  'a signal to oneself arrives before the call returns': {
    source: `import { getpid, kill, signal, print } from 'interleave';
signal('SIGUSR1', () => { print('handled'); });
kill(getpid(), 'SIGUSR1');
print('after');`,
    executions: 1,
    outputs: ['handled after'],
  },
  'an alarm may go off at any moment after it was set': {
    source: `import { alarm, signal, print, ms } from 'interleave';
signal('SIGALRM', () => { print('ring'); });
alarm(ms(1));
print('a');
print('b');`,
    executions: 4,
    outputs: ['a b', 'a b ring', 'a ring b', 'ring a b'],
  },
  'a read that a handler interrupts goes on after it': {
    source: `import { Process, signal, pipe, print } from 'interleave';
const [r, w] = pipe<number>(), [ready, tell] = pipe<number>();
const a = new Process(() => {
  signal('SIGUSR1', () => { print('handled'); });
  tell.write(1);
  print(r.read());
});
ready.read();
a.kill('SIGUSR1');
w.write(7);
a.wait();`,
    executions: 4,
    outputs: ['7', '7 handled', 'handled 7'],
  },
  'a fork copies what the other threads have done so far': {
    source: `import { Thread, fork, exit, waitpid, print } from 'interleave';
let x = 0;
const t = new Thread(() => { x = 1; x = 2; });
const pid = fork();
if (pid === 0) { print(x); exit(0); }
t.join(); waitpid(pid);`,
    executions: 3,
    outputs: ['0', '1', '2'],
  },
  'the end of a process ends its other threads, wherever they are': {
    source: `import { Process, Thread, exit, print } from 'interleave';
const a = new Process(() => {
  new Thread(() => { print('a'); print('b'); });
  exit(4);
});
print(a.wait().code);`,
    executions: 3,
    outputs: ['4', 'a 4', 'a b 4'],
  },
  'who connects before anybody listens is refused': {
    source: `import { Process, connect, listen, print } from 'interleave';
const client = new Process(() => {
  try { connect(80).write('hello'); } catch { return 1; }
  return 0;
});
const server = listen(80);
print('up');
const { code } = client.wait();
print(code === 0 ? server.accept().read() : 'refused');`,
    executions: 2,
    outputs: ['up hello', 'up refused'],
  },
  'whoever writes to a pipe that nobody reads any more dies of SIGPIPE': {
    source: `import { Process, pipe, print } from 'interleave';
const [r, w] = pipe<number>();
const a = new Process(() => { r.close(); w.write(1); });
r.close();
print(a.wait().signal);`,
    // The parent closes first, between the child's close and its write, or last.
    executions: 3,
    outputs: ['SIGPIPE', 'null'],
  },
  'orphans are told who their parent is now': {
    source: `import { Process, getppid, pipe, print } from 'interleave';
const [r, w] = pipe<number>();
new Process(() => {
  new Process(() => { print('child'); print(getppid()); });
  print('parent');
});
w.close();
r.read();`,
    // The question comes before the parent's end or after, and so does each line.
    executions: 7,
    outputs: ['child 2 parent', 'child parent 1', 'child parent 2', 'parent child 1', 'parent child 2'],
  },
};

describe('programs of several processes have the classes and outputs worked out by hand', () => {
  for (const [name, { source, executions, outputs }] of Object.entries(cases))
    test(name, () => {
      const report = explored(source);
      expect(report.failures).toEqual([]);
      expect(outputsOf(source)).toEqual(outputs);
      expect(report).toMatchObject({ executions, complete: true });
    });
});

describe('every schedule, one by one, gives no other output', () => {
  for (const [name, { source, outputs }] of Object.entries(cases))
    test(name, () => expect(outputsOf(source, { strategy: 'all' })).toEqual(outputs));
});

describe('the schedule of each outcome replays it', () => {
  for (const [name, { source }] of Object.entries(cases))
    test(name, () => {
      for (const { stdout, schedule } of explored(source).outcomes)
        expect(replayed(source, schedule)).toEqual(stdout);
    });
});
