/** Single-threaded programs for comparing a snippet with the same text run natively. Each prints one line. */
export const CPU_BOUND: Readonly<Record<string, string>> = {
  'recursive fib': `
    const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    console.log(fib(27));`,
  'nested loops over arrays': `
    const n = 120;
    const a = [], b = [], c = [];
    for (let i = 0; i < n * n; i++) { a.push(i % 7); b.push(i % 5); c.push(0); }
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
        c[i * n + j] = sum;
      }
    console.log(c[n * n - 1]);`,
  'string building': `
    let text = '';
    for (let i = 0; i < 200000; i++) text += String.fromCharCode(97 + (i % 26));
    let vowels = 0;
    for (const letter of text) if ('aeiou'.includes(letter)) vowels++;
    const words = [];
    for (let i = 0; i < 20000; i++) words.push(text.slice(i, i + 5));
    console.log(vowels, words.join(' ').length);`,
  'Map and Set': `
    const counts = new Map();
    for (let i = 0; i < 200000; i++) { const key = (i * 7919) % 1000; counts.set(key, (counts.get(key) ?? 0) + 1); }
    const seen = new Set();
    for (const [key, count] of counts) if (count > 1) seen.add(key * count);
    let total = 0;
    for (const value of seen) total += value;
    console.log(total);`,
  'n-body with classes': `
    class Body {
      constructor(x, y, z, vx, vy, vz, mass) {
        this.x = x; this.y = y; this.z = z; this.vx = vx; this.vy = vy; this.vz = vz; this.mass = mass;
      }
      pull(other, dt) {
        const dx = this.x - other.x, dy = this.y - other.y, dz = this.z - other.z;
        const d2 = dx * dx + dy * dy + dz * dz;
        const mag = dt / (d2 * Math.sqrt(d2));
        this.vx -= dx * other.mass * mag; this.vy -= dy * other.mass * mag; this.vz -= dz * other.mass * mag;
        other.vx += dx * this.mass * mag; other.vy += dy * this.mass * mag; other.vz += dz * this.mass * mag;
      }
      move(dt) { this.x += dt * this.vx; this.y += dt * this.vy; this.z += dt * this.vz; }
      energy() { return 0.5 * this.mass * (this.vx * this.vx + this.vy * this.vy + this.vz * this.vz); }
    }
    const bodies = [
      new Body(0, 0, 0, 0, 0, 0, 39.5),
      new Body(4.8, -1.2, -0.1, 0.6, 2.8, -0.02, 0.038),
      new Body(8.3, 4.1, -0.4, -1.0, 1.8, 0.008, 0.011),
      new Body(12.9, -15.1, -0.2, 1.1, 0.9, -0.01, 0.0017),
      new Body(15.4, -25.9, 0.2, 1.0, 0.6, -0.03, 0.002),
    ];
    for (let step = 0; step < 20000; step++) {
      for (let i = 0; i < bodies.length; i++)
        for (let j = i + 1; j < bodies.length; j++) bodies[i].pull(bodies[j], 0.01);
      for (const body of bodies) body.move(0.01);
    }
    let energy = 0;
    for (const body of bodies) energy += body.energy();
    console.log(energy.toFixed(6));`,
};

/** Loops of four threads on something they share; `N` turns each, two accesses a turn, called `depth` deep. */
export function sharedLoop(kind: SharedKind, turns: number, depth: number, cores: number): string {
  const access = { variable: 'counter++', property: 'box.value++', element: 'list[3]++' }[kind];
  return `
    import { Thread, machine } from 'interleave';
    machine({ cores: ${cores}, policy: 'rr', quantum: ${QUANTUM_NS} });
    let counter = 0;
    const box = { value: 0 };
    const list = [0, 0, 0, 0, 0, 0, 0, 0];
    const work = (depth) => {
      if (depth > 1) { work(depth - 1); return; }
      for (let i = 0; i < ${turns}; i++) ${access};
    };
    const threads = [];
    for (let i = 0; i < 4; i++) threads.push(new Thread(() => { work(${depth}); }));
    for (const thread of threads) thread.join();
    console.log(counter + box.value + list[3] > 0);`;
}

/** What threads share. */
export type SharedKind = 'variable' | 'property' | 'element';
/** Accesses a turn of {@link sharedLoop} makes on what is shared: a load and a store. */
export const ACCESSES_PER_TURN = 2;
export const SHARING_THREADS = 4;
const QUANTUM_NS = 1000;

/** Threads that start and finish. */
export const startAndFinish = (count: number): string => `
    import { Thread } from 'interleave';
    let done = 0;
    const threads = [];
    for (let i = 0; i < ${count}; i++) threads.push(new Thread(() => { done++; }));
    for (const thread of threads) thread.join();
    console.log(done > 0);`;

/** Threads that block for a long time at the same place, with nothing of their own. */
export const blocked = (count: number): string => `
    import { Thread, Semaphore, print } from 'interleave';
    const gate = new Semaphore(0);
    const wait = () => { gate.acquire(); };
    for (let i = 0; i < ${count}; i++) new Thread(wait);`;

/** A snippet of forty lines, as a chapter has them. */
export const FORTY_LINES = `import { Thread, Mutex, Condition, print, assert } from 'interleave';

interface Item { readonly id: number; readonly text: string }

class Queue<T> {
  private readonly items: T[] = [];
  private readonly mutex = new Mutex();
  private readonly notEmpty = new Condition(this.mutex);
  private readonly notFull = new Condition(this.mutex);
  constructor(private readonly capacity: number) {}

  put(item: T): void {
    this.mutex.withLock(() => {
      while (this.items.length === this.capacity) this.notFull.wait();
      this.items.push(item);
      this.notEmpty.signal();
    });
  }

  take(): T {
    return this.mutex.withLock(() => {
      while (this.items.length === 0) this.notEmpty.wait();
      const item = this.items.shift() as T;
      this.notFull.signal();
      return item;
    });
  }
}

const queue = new Queue<Item>(2);
const producer = new Thread(() => {
  for (let id = 0; id < 10; id++) queue.put({ id, text: \`item \${id}\` });
});
const consumer = new Thread((): number => {
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += queue.take().id;
  return sum;
});
producer.join();
const sum: number = consumer.join();
assert(sum === 45, 'every item arrives once');
print('sum', sum);
`;
