/**
 * Programs for comparing event loops: random mixtures of timers, immediates, promises, async functions and
 * microtasks that print a line at every step. Whatever Node leaves to chance is avoided: timers fall due at
 * different times, and nothing depends on whether a timer of 0 ms beats an immediate.
 */
import { random } from '../chance.ts';

/** Where a piece of code stands. */
interface Place {
  /** When it runs, in units of time after the start. */
  readonly time: number;
  readonly depth: number;
  /** Inside an async function. */
  readonly async: boolean;
  /** A timer of 0 ms may be started here. */
  readonly zeroTimers: boolean;
  readonly immediates: boolean;
}

const MAX_DEPTH = 4;
const STATEMENTS = 45;

/** The program of a seed. `unit`: milliseconds between timers. The text it prints does not depend on it. */
export function generate(seed: number, unit: number): string {
  return new Generator(seed).program(unit);
}

class Generator {
  readonly #next: () => number;
  readonly #slots = new Set<number>();
  #label = 0;
  #names = 0;
  #left = STATEMENTS;

  constructor(seed: number) {
    this.#next = random(seed);
  }

  program(unit: number): string {
    const zeroTimers = this.#chance(0.5);
    const place = { time: 0, depth: 0, async: false, zeroTimers, immediates: !zeroTimers };
    const body: string[] = [];
    while (this.#left > 0) body.push(...this.#statement(place));
    if (this.#chance(0.2))
      body.push(`setTimeout(() => { void Promise.reject(new Error('end')); }, ${this.#slot(0)});`);
    return [
      `const unit: number = ${unit};`,
      'const start = performance.now();',
      '// A delay up to a time after the start, so that lateness does not add up.',
      'const until = (slot: number): number => Math.max(1, start + slot * unit - performance.now());',
      'const log = (label: string): void => console.log(label);',
      'const sleep = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time));',
      ...body,
      this.#log('main ends'),
      '',
    ].join('\n');
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#next() * items.length)] as T;
  }

  #chance(share: number): boolean {
    return this.#next() < share;
  }

  #name(): string {
    return `v${this.#names++}`;
  }

  #log(what: string): string {
    return `log('${this.#label++} ${what}');`;
  }

  /** A time for a timer after `time` that no other timer has, as an expression for the delay. */
  #slot(time: number): string {
    return `until(${this.#take(time)})`;
  }

  #take(time: number): number {
    let slot = time + 1 + Math.floor(this.#next() * 6);
    while (this.#slots.has(slot)) slot++;
    this.#slots.add(slot);
    return slot;
  }

  #block(place: Place, what: string): string {
    const lines = [this.#log(what)];
    const inner = { ...place, depth: place.depth + 1 };
    if (place.depth < MAX_DEPTH)
      for (let count = Math.floor(this.#next() * 3); count > 0 && this.#left > 0; count--)
        lines.push(...this.#statement(inner));
    return lines.join('\n');
  }

  #sync(place: Place): Place {
    return { ...place, async: false };
  }

  #statement(place: Place): string[] {
    this.#left--;
    const kinds = [
      this.#microtask,
      this.#chain,
      this.#chain,
      this.#asyncCall,
      this.#asyncCall,
      this.#executor,
      this.#combination,
      this.#timer,
      this.#timerPair,
      this.#thenable,
      this.#asyncGenerator,
    ];
    if (place.zeroTimers) kinds.push(this.#zeroTimers);
    if (place.immediates) kinds.push(this.#immediate);
    if (place.async) kinds.push(this.#awaiting, this.#awaiting, this.#forAwait, this.#tryAwait);
    return this.#pick(kinds).call(this, place);
  }

  #microtask(place: Place): string[] {
    return [`queueMicrotask(() => {\n${this.#block(this.#sync(place), 'microtask')}\n});`];
  }

  #chain(place: Place): string[] {
    const inner = this.#sync(place);
    const links: string[] = [];
    for (let count = 1 + Math.floor(this.#next() * 3); count > 0; count--)
      links.push(
        this.#pick([
          () => `.then(() => {\n${this.#block(inner, 'then')}\n})`,
          () =>
            `.then(() => {\n${this.#block(inner, 'then gives a promise')}\nreturn ${this.#promise(inner)};\n})`,
          () => `.then(() => {\n${this.#block(inner, 'then throws')}\nthrow new Error('thrown');\n})`,
          () => `.finally(() => {\n${this.#block(inner, 'finally')}\n})`,
          () => `.catch(() => {\n${this.#block(inner, 'catch')}\n})`,
        ])(),
      );
    return [`${this.#promise(inner)}${links.join('')}.catch(() => {\n${this.#log('caught at the end')}\n});`];
  }

  /** An expression that is a promise now settled or soon to be. */
  #promise(place: Place): string {
    return this.#pick([
      () => `Promise.resolve(${this.#names})`,
      () => `Promise.reject(new Error('rejected'))`,
      () => `(async () => ${this.#names})()`,
      () => `(async () => Promise.resolve(${this.#names}))()`,
      () => `new Promise<number>((resolve) => resolve(${this.#names}))`,
      () =>
        `Promise.resolve({ then(resolve: (value: number) => void) {\n${this.#log('thenable')}\nresolve(1);\n} })`,
      () => `Promise.resolve().then(() => {\n${this.#block(place, 'inner then')}\n})`,
    ])();
  }

  #asyncCall(place: Place): string[] {
    const name = this.#name();
    const inner = { ...place, async: true, depth: place.depth + 1 };
    const lines = [this.#log('async function starts')];
    let now = inner;
    for (let count = 1 + Math.floor(this.#next() * 3); count > 0; count--) {
      if (this.#chance(0.15)) {
        const slot = this.#take(now.time);
        lines.push(`await sleep(until(${slot}));`, this.#log('slept'));
        now = { ...now, time: slot, zeroTimers: true, immediates: true };
      } else lines.push(...(place.depth < MAX_DEPTH ? this.#statement(now) : [`await null;`]));
    }
    lines.push(this.#log('async function ends'));
    const call = this.#pick([
      `void ${name}();`,
      `${name}().then(() => {\n${this.#log('async function done')}\n});`,
      `${name}().finally(() => {\n${this.#log('async function finally')}\n});`,
    ]);
    return [`const ${name} = async (): Promise<void> => {\n${lines.join('\n')}\n};`, call];
  }

  #awaiting(place: Place): string[] {
    const operand = this.#pick([
      'null',
      `Promise.resolve(1)`,
      `(async () => 1)()`,
      `{ then(f: (v: number) => void) { f(1); } }`,
    ]);
    return [`await ${operand};`, this.#block(place, 'after await')];
  }

  #tryAwait(place: Place): string[] {
    return [
      `try {\nawait ${this.#promise(this.#sync(place))};\n${this.#log('not rejected')}\n} catch {`,
      this.#block(place, 'rejected'),
      `} finally {\n${this.#log('finally')}\n}`,
    ];
  }

  #forAwait(place: Place): string[] {
    const items = Array.from({ length: 3 }, () =>
      this.#pick(['1', 'Promise.resolve(2)', '(async () => 3)()']),
    );
    return [
      `for await (const item of [${items.join(', ')}]) {\nvoid item;\n${this.#block(place, 'for await')}\n}`,
    ];
  }

  #asyncGenerator(place: Place): string[] {
    const name = this.#name();
    const inner = { ...place, async: true };
    const end = this.#chance(0.3) ? 'break;' : '';
    return [
      `async function* ${name}() {\ntry {\n${this.#block(inner, 'generator starts')}\nyield 1;\n${this.#log('generator goes on')}`,
      `yield* [Promise.resolve(2), 3];\nawait null;\nyield (async () => 4)();\n} finally {\n${this.#log('generator ends')}\n}\n}`,
      `void (async () => {\nfor await (const value of ${name}()) {\nlog('value ' + value);\n${end}\n}\n${this.#log('loop ends')}\n})();`,
    ];
  }

  #executor(place: Place): string[] {
    const name = this.#name();
    const settle = this.#pick([
      `queueMicrotask(() => resolve(1));`,
      `resolve(Promise.resolve(1));`,
      `reject(new Error('rejected'));`,
      `resolve(1);\nreject(new Error('too late'));`,
      `throw new Error('thrown');`,
      `setTimeout(resolve, ${this.#slot(place.time)}, 1);`,
    ]);
    return [
      `const ${name} = new Promise((resolve, reject) => {\n${this.#block(this.#sync(place), 'executor')}\nvoid reject;\n${settle}\n});`,
      `${name}.then(() => {\n${this.#log('fulfilled')}\n}, () => {\n${this.#log('rejected')}\n});`,
    ];
  }

  #combination(place: Place): string[] {
    const inner = this.#sync(place);
    const items = Array.from({ length: 1 + Math.floor(this.#next() * 3) }, () => this.#promise(inner));
    const method = this.#pick(['all', 'allSettled', 'any', 'race']);
    return [
      `Promise.${method}<unknown>([${items.join(', ')}]).then(() => {\n${this.#log(`${method} fulfilled`)}\n}, () => {\n${this.#log(`${method} rejected`)}\n});`,
    ];
  }

  #thenable(): string[] {
    return [
      `Promise.resolve(1).then(() => ({ then(resolve: (value: number) => void) {\n${this.#log('then of a thenable')}\nresolve(1);\n} })).then(() => {\n${this.#log('after the thenable')}\n});`,
    ];
  }

  #timer(place: Place): string[] {
    const slot = this.#take(place.time);
    const later = { ...place, async: false, time: slot, zeroTimers: true, immediates: true };
    const name = this.#name();
    const lines = [`const ${name} = setTimeout(() => {\n${this.#block(later, 'timer')}\n}, until(${slot}));`];
    if (this.#chance(0.15)) lines.push(`queueMicrotask(() => clearTimeout(${name}));`);
    else lines.push(`void ${name};`);
    return lines;
  }

  /** Two timers due at the same time, and an interval. */
  #timerPair(place: Place): string[] {
    const slot = this.#slot(place.time);
    const name = this.#name();
    const delay = this.#name();
    return [
      `const ${delay} = ${slot};`,
      `setTimeout(() => {\n${this.#log('first of two')}\nqueueMicrotask(() => {\n${this.#log('between the two')}\n});\n}, ${delay});`,
      `const ${name} = setInterval(() => {\n${this.#log('second of two')}\nclearInterval(${name});\n}, ${delay});`,
    ];
  }

  #zeroTimers(place: Place): string[] {
    const later = { ...place, async: false, immediates: false };
    return [
      `setTimeout(() => {\n${this.#block(later, 'timer of 0')}\n}, 0);`,
      `setTimeout(() => {\n${this.#log('timer of 1')}\n}, 1);`,
    ];
  }

  #immediate(place: Place): string[] {
    const later = { ...place, async: false, zeroTimers: false };
    return [
      `setImmediate(() => {\n${this.#block(later, 'immediate')}\n});`,
      `setImmediate((text: string) => log(text), '${this.#label++} second immediate');`,
    ];
  }
}
