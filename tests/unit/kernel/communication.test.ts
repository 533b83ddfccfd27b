import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Message } from '../../../src/engine/kernel/ipc/message.ts';
import { linesOf, runProgram } from './run.ts';

describe('pipes', () => {
  test('deliver in order, block when full and end when every writer has closed', () => {
    expect(
      linesOf(`const [r, w] = pipe<number>(64);
        const p = new Process(() => { for (let i = 0; i < 50; i++) w.write(i); w.close(); });
        w.close(); let sum = 0, last = -1, inOrder = true;
        for (const v of r) { sum += v; inOrder &&= v === last + 1; last = v; }
        print(sum, inOrder, r.read()); p.wait();`),
    ).toEqual(['1225 true null']);
  });

  test('copy: what the receiver changes stays its own', () => {
    expect(
      linesOf(`const [r, w] = pipe<{ a: number[] }>(); const sent = { a: [1] }; w.write(sent);
        const got = r.read()!; got.a.push(2); print(sent.a.length, got.a.length);`),
    ).toEqual(['1 2']);
  });

  test('count the bytes copied and the kernel crossings', () => {
    const { metrics } = runProgram(`const [r, w] = pipe<string>(); w.write('x'.repeat(1000)); r.read();`);
    expect(metrics.bytesCopied).toBe(2000); // into the kernel and out of it
    expect(metrics.syscalls).toBeGreaterThanOrEqual(2);
  });

  test('charge the second copy to the reader, at once or when it wakes', () => {
    const time = (read: string) =>
      Number(
        linesOf(`machine({ cores: 1, costs: 'modern' }); const [r, w] = pipe<string>(1e6);
          const text = 'x'.repeat(50_000); const read = () => { r.read(); return cpuTime(); }; ${read}`)[0],
      );
    const writer = time(`w.write(text); print(cpuTime());`);
    const both = time(`w.write(text); print(read());`);
    const woken = time(`const t = new Thread(read); sleep(us(50)); w.write(text); print(t.join());`);
    const copy = 50_000 * 0.05;
    expect(both - writer).toBeGreaterThan(copy);
    expect(both - writer).toBeLessThan(copy + 500);
    expect(woken).toBeGreaterThan(copy);
  });

  test.each([
    ['reading a closed end', `const [r] = pipe(); r.close(); r.read();`, 'EBADF'],
    ['closing twice', `const [, w] = pipe(); w.close(); w.close();`, 'EBADF'],
    ['sending a function', `const [, w] = pipe<unknown>(); w.write(() => 1);`, 'EINVAL'],
    ['a pipe without room', `pipe(0);`, 'EINVAL'],
  ])('%s is refused', (_what, body, code) => {
    expect(runProgram(body).error?.message).toContain(code);
  });
});

describe('sockets', () => {
  test('a server answers clients on a port until it is told to stop', () => {
    expect(
      linesOf(`const server = new Process(() => { const l = listen<string>(80); for (let i = 0; i < 2; i++) { const c = l.accept(); c.write('hello ' + c.read()); c.close(); } });
        sleep(us(200)); const ask = (name: string) => { const c = connect<string>(80); c.write(name); const got = c.read(); print(got, c.read()); c.close(); };
        ask('ann'); ask('bob'); print(server.wait().code);`),
    ).toEqual(['hello ann null', 'hello bob null', '0']);
  });

  test.each([
    ['connecting where nobody listens', `connect(81);`, 'ECONNREFUSED'],
    ['listening twice', `listen(80); listen(80);`, 'EADDRINUSE'],
    ['a port that does not exist', `listen(70000);`, 'EINVAL'],
  ])('%s is refused', (_what, body, code) => {
    expect(runProgram(body).error?.message).toContain(code);
  });

  test('poll gives the sources that are ready, in order, or none when the time is up', () => {
    expect(
      linesOf(`const [r1, w1] = pipe<number>(), [r2, w2] = pipe<number>(), [r3] = pipe<number>();
        new Thread(() => { sleep(us(20)); w2.write(2); });
        print(poll([r1, r2, r3]).indexOf(r2)); w1.write(1); print(poll([r1, r2, r3]).length, poll([r3], us(5)).length);`),
    ).toEqual(['0', '2 0']);
  });

  test('onReadable brings readiness to the event loop', () => {
    expect(
      linesOf(`const [r, w] = pipe<number>(); const stop = onReadable(r, () => { const v = r.read(); print('got', v); if (v === 2) stop(); });
        new Thread(() => { w.write(1); sleep(us(20)); w.write(2); }); print('main');`),
    ).toEqual(['main', 'got 1', 'got 2']);
  });
});

describe('an event loop that watches for readiness', () => {
  test('holds 10,000 connections open at once with one thread, within the limits of every run', () => {
    const { status, stdout, threads } =
      runProgram(`const count = 10_000, door = listen<number>(80, { backlog: count });
      const server = new Process(() => { let open = 0, most = 0, served = 0;
        const stopListening = onReadable(door, () => { const c = door.accept(); most = Math.max(most, ++open);
          const stop = onReadable(c, () => { const v = c.read(); if (v !== null) { c.write(v + 1); served++; return; }
            stop(); c.close(); if (--open === 0) { print(served, most); stopListening(); } }); }); });
      const all = Array.from({ length: count }, () => connect<number>(80));
      for (const c of all) c.write(1);
      for (const c of all) assert(c.read() === 2);
      for (const c of all) c.close();
      server.wait();`);
    expect(status).toBe('exited');
    expect(stdout.map(({ text }) => text)).toEqual(['10000 10000']);
    expect(threads.length).toBe(2);
  });

  test('calls the listener again while there is more to read, and not where somebody else has read it', () => {
    expect(
      linesOf(`const [r, w] = pipe<number>(); w.write(1); w.write(2); w.write(3);
        const stop = onReadable(r, () => { const v = r.read(); print('first', v); if (v === 2) { print('here', r.read()); stop(); } });
        const other = onReadable(r, () => { print('second', r.read()); other(); });`),
    ).toEqual(['first 1', 'second 2', 'first 3']);
  });

  test('goes on in the child of a fork with what was readable', () => {
    expect(
      linesOf(`const [r, w] = pipe<number>(); w.write(1);
        const stop = onReadable(r, () => { print('got', r.read()); stop();
          const pid = fork(); if (pid === 0) { print('child'); exit(3); } print('parent', waitpid(pid).code); });`),
    ).toEqual(['got 1', 'child', 'parent 3']);
  });
});

describe('shared memory and message queues', () => {
  test('shared memory is one for all processes, at an address of each', () => {
    expect(
      linesOf(`const s = new SharedMemory('s', 4); const p = new Process(() => { const t = new SharedMemory('s', 4); t.set(1, 5); t.add(1, 2); });
        p.wait(); print(s.get(1), s.compareExchange(1, 7, 9), s.compareExchange(1, 7, 0), s.get(1), s.address % 4096);`),
    ).toEqual(['7 true false 9 0']);
  });

  test('a message queue is found by name and blocks when full', () => {
    expect(
      linesOf(`const q = new MessageQueue<number>('jobs', { capacity: 1 });
        new Process(() => { const same = new MessageQueue<number>('jobs'); for (let i = 0; i < 3; i++) same.send(i); });
        print(q.receive(), q.receive(), q.receive());`),
    ).toEqual(['0 1 2']);
  });
});

describe('devices', () => {
  test('requests to one device wait their turn, two devices work at once', () => {
    const spent = (second: string) =>
      linesOf(
        `const t = now(); const a = new Thread(() => io(us(10), 'x')), b = new Thread(() => io(us(10), '${second}')); a.join(); b.join(); print(now() - t);`,
        { costs: 'free' },
      )[0];
    expect(spent('x')).toBe('20000');
    expect(spent('y')).toBe('10000');
  });

  test('ioAsync does not block, and the loop waits for it', () => {
    expect(linesOf(`ioAsync(us(10)).then(() => print('disk')); print('main');`)).toEqual(['main', 'disk']);
  });
});

test('a message is a faithful copy that shares nothing', () => {
  fc.assert(
    fc.property(fc.object({ withDate: true, withMap: true, withSet: true, withBigInt: true }), (value) => {
      const copy = new Message(value).open();
      expect(copy).toEqual(value);
      expect(copy).not.toBe(value);
    }),
    { numRuns: 100 },
  );
});

test('dates, errors of every class, patterns and views of bytes arrive as what they were', () => {
  expect(
    linesOf(`const [r, w] = pipe<any>(); const sent: any = { d: new Date(5), e: new RangeError('z'), p: /a+/gi, v: new DataView(new ArrayBuffer(4)), f: new Float64Array([1, 2]).subarray(1) };
      sent.v.setInt16(1, 7); sent.self = sent; w.write(sent); const it = r.read();
      print(it.self === it, it.d instanceof Date, it.d.getTime(), it.e instanceof RangeError, it.e.message, it.p.test('AA'), it.v.getInt16(1), it.f.length, it.f[0]);`),
  ).toEqual(['true true 5 true z true 7 1 2']);
});

test.each([
  ['() => 1', 'a function'],
  ["Symbol('s')", 'a symbol'],
  ['Promise.resolve(1)', 'a Promise'],
  ['new WeakMap()', 'a WeakMap'],
  ['[new Mutex()]', 'a Mutex'],
  ['{ back: w }', 'a PipeWriter'],
])('%s does not travel: %s cannot be sent', (value, name) => {
  expect(
    linesOf(
      `const [r, w] = pipe<any>(); try { w.write(${value}); } catch (e) { print((e as Error).message); }`,
    ),
  ).toEqual([`EINVAL: ${name} cannot be sent to another process; send data`]);
});

test('a pipe holds as many characters as it has bytes', () => {
  expect(
    linesOf(`const [r, w] = pipe(16); let written = 0;
      const t = new Thread(() => { for (;;) { w.write('abcd'); written++; } }); t.detach(); sleep(us(200)); print(written); r.read(); sleep(us(200)); print(written);`),
  ).toEqual(['4', '5']);
});
