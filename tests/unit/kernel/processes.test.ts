import { describe, expect, test } from 'vitest';
import { linesOf, runProgram } from './run.ts';

describe('fork', () => {
  test('the child goes on from the same line with its own copy of everything', () => {
    expect(
      linesOf(`let n = 1; const box = { n: 1 }; const pid = fork(); n++; box.n += 10;
        if (pid === 0) { print('child', n, box.n, getpid(), getppid()); exit(7); }
        const status = waitpid(pid); print('parent', n, box.n, status.pid === pid, status.code, status.signal);`),
    ).toEqual(['child 2 11 2 1', 'parent 2 11 true 7 null']);
  });

  test('from the middle of nested calls, in a thread, with locks held', () => {
    expect(
      linesOf(`const m = new Mutex(); m.lock(); let depth = 0;
        const dive = (n: number): number => { depth++; if (n > 0) return dive(n - 1) + 1; return fork() === 0 ? 1000 : 0; };
        const got = dive(20);
        if (got > 1000) { m.unlock(); print('child', got, depth, m.tryLock()); exit(0); }
        waitpid(); print('parent', got, depth); m.unlock();`),
    ).toEqual(['child 1020 21 true', 'parent 20 21']);
  });

  test('while other threads race: the child sees exactly what the parent saw at that moment', () => {
    const [child, parent] = linesOf(`let c = 0; const work = () => { for (let i = 0; i < 3000; i++) c++; };
      const a = new Thread(work), b = new Thread(work);
      for (let i = 0; i < 500; i++) compute(us(0.02));
      const seen = c, pid = fork();
      if (pid === 0) { print(seen === c || c - seen < 10, seen); exit(0); }
      waitpid(pid); a.join(); b.join(); print(true, seen);`);
    expect(child).toBe(parent);
    expect(Number(child?.split(' ')[1])).toBeGreaterThan(0);
  });

  test('after talking to the world: what was read, told and drawn by chance before the fork is the same in the child', () => {
    expect(
      linesOf(`const [r, w] = pipe<{ k: number }>(); w.write({ k: 3 }); const got = r.read()!;
        const t = now(), x = Math.random(); sleep(us(5));
        const queue = new MessageQueue<number>('q'); queue.send(5); const five = queue.receive();
        if (fork() === 0) { print(got.k, five, t > 0, x); exit(0); }
        waitpid(); print(got.k, five, t > 0, x);`).reduce((a, b) => (a === b ? 'same' : 'different')),
    ).toBe('same');
  });

  test('after reads that had to wait for another core, first for its clock and then for its data', () => {
    for (const seed of [1, 2, 3]) {
      const lines = linesOf(
        `const [r, w] = pipe<number>(); let sum = 0;
          new Process(() => { for (let i = 0; i < 20; i++) { compute(us(3)); w.write(i); } });
          new Thread(() => { for (let i = 0; i < 2000; i++) compute(1); });
          for (let i = 0; i < 20; i++) { compute(us(0.3)); sum += r.read()!; }
          if (fork() === 0) { print(sum); exit(0); }
          waitpid(); waitpid(); print(sum);`,
        { seed, cores: 2 },
      );
      expect(lines).toEqual(['190', '190']);
    }
  });

  test('after a handler ran in the middle of a wait, which then went on', () => {
    expect(
      linesOf(`let hits = 0; signal('SIGUSR1', () => { hits++; });
        const [r, w] = pipe<number>(), me = getpid();
        new Process(() => { sleep(us(50)); kill(me, 'SIGUSR1'); sleep(us(50)); w.write(7); });
        const got = r.read();
        if (fork() === 0) { print(got, hits); exit(0); }
        waitpid(); waitpid(); print(got, hits);`),
    ).toEqual(['7 1', '7 1']);
  });

  test('a thread that waits on a condition when a handler interrupts it is still woken by the next signal', () => {
    expect(
      linesOf(`const m = new Mutex(), c = new Condition(m), me = getpid(); let ready = false;
        signal('SIGUSR1', () => print('handler'));
        new Process(() => { sleep(us(50)); kill(me, 'SIGUSR1'); });
        new Thread(() => { sleep(us(200)); m.withLock(() => { ready = true; c.signal(); }); });
        m.lock(); while (!ready) c.wait(); m.unlock(); print('woken');`),
    ).toEqual(['handler', 'woken']);
  });

  test('three hundred times, each child with all that came before it', () => {
    expect(
      linesOf(`const [r, w] = pipe<number>(); let sum = 0;
        for (let i = 0; i < 300; i++) {
          const child = new Process(() => w.write(sum + i));
          sum = r.read()! % 1000; child.wait(); }
        print(sum);`),
    ).toEqual([String(Array.from({ length: 300 }, (_, i) => i).reduce((sum, i) => (sum + i) % 1000, 0))]);
  });

  test('children of children, a thousand lines of history each', () => {
    expect(
      linesOf(`const make = (depth: number): number => {
          let sum = 0; for (let i = 0; i < 1000; i++) sum += i;
          if (depth === 0) return 1;
          const child = new Process(() => make(depth - 1));
          return child.wait().code! + 1; };
        print(make(4));`),
    ).toEqual(['5']);
  });

  test('a process that runs a body has an event loop of its own', () => {
    expect(
      linesOf(`const p = new Process(() => { setTimeout(() => print('timer'), 1); Promise.resolve().then(() => print('job')); print('body'); });
        p.wait(); print('parent');`),
    ).toEqual(['body', 'job', 'timer', 'parent']);
  });
});

describe('life and death of processes', () => {
  test('a zombie keeps its pid until its parent waits', () => {
    expect(
      linesOf(`const p = new Process(() => 3, { name: 'kid' }); sleep(us(500));
        print(processes().map((it) => it.name + ' ' + it.state).join());
        print(p.wait().code); print(processes().length);`),
    ).toEqual(['main running,kid zombie', '3', '1']);
  });

  test('an orphan is given to the first process', () => {
    const report =
      runProgram(`const p = new Process(() => { new Process(() => { sleep(us(900)); print(getppid()); }); });
      p.wait(); print(waitpid().pid);`);
    expect(report.stdout.map(({ text }) => text)).toEqual(['1', '3']);
  });

  test.each([
    ['waiting for nobody', `waitpid();`, 'ECHILD'],
    ['waiting for a stranger', `new Process(() => sleep(ms(1))); waitpid(77);`, 'ECHILD'],
    ['waiting twice', `const p = new Process(() => {}); p.wait(); p.wait();`, 'ECHILD'],
    ['a signal to nobody', `kill(99, 'SIGTERM');`, 'ESRCH'],
    ['an unknown signal', `kill(getpid(), 'SIGFOO' as never);`, 'EINVAL'],
    ['catching SIGKILL', `signal('SIGKILL', () => {});`, 'EINVAL'],
    ['a nice value out of range', `setNice(40);`, 'EINVAL'],
  ])('%s is refused', (_what, body, code) => {
    expect(runProgram(body).error?.message).toContain(code);
  });

  test('a fault ends its own process and no other', () => {
    expect(
      linesOf(`const bad = new Process(() => { poke(0, 1); print('never'); });
        const good = new Process(() => { sleep(us(200)); print('fine'); });
        print(bad.wait().signal, good.wait().code);`),
    ).toEqual(['fine', 'SIGSEGV 0']);
  });
});

describe('signals', () => {
  test('a handler runs in the process, and the interrupted call goes on', () => {
    expect(
      linesOf(`signal('SIGUSR1', (name) => print('got', name));
        const [r, w] = pipe<string>(); const me = getpid();
        const p = new Process(() => { sleep(us(50)); kill(me, 'SIGUSR1'); sleep(us(50)); w.write('late'); });
        print(r.read()); p.wait();`),
    ).toEqual(['got SIGUSR1', 'late']);
  });

  test('blocked signals wait; ignored ones are gone; pause ends with a handler', () => {
    expect(
      linesOf(`signal('SIGUSR1', () => print('one')); signal('SIGUSR2', 'ignore');
        blockSignals('SIGUSR1'); kill(getpid(), 'SIGUSR1'); kill(getpid(), 'SIGUSR2'); print('before'); unblockSignals('SIGUSR1');
        sleep(1); signal('SIGALRM', () => print('alarm')); alarm(us(5)); pause(); print('end');`),
    ).toEqual(['before', 'one', 'alarm', 'end']);
  });

  test('default actions: terminate, stop and continue', () => {
    expect(
      linesOf(`const p = new Process(() => { compute(us(100)); print('done'); });
        sleep(us(20)); p.kill('SIGSTOP'); sleep(us(500)); print('stopped'); p.kill('SIGCONT'); print(p.wait().code);
        const q = new Process(() => { while (true) {} }); q.kill(); print(q.wait().signal);`),
    ).toEqual(['stopped', 'done', '0', 'SIGTERM']);
  });

  test('writing into a pipe nobody reads is SIGPIPE, or EPIPE where that is ignored', () => {
    expect(
      linesOf(`const [r, w] = pipe<string>(); r.close();
        const p = new Process(() => { w.write('x'); print('never'); }); print(p.wait().signal);
        signal('SIGPIPE', 'ignore'); try { w.write('x'); } catch (e) { print((e as { code: string }).code); }`),
    ).toEqual(['SIGPIPE', 'EPIPE']);
  });
});

describe('signal masks', () => {
  test('hold back a signal that would end the process, until it is let through', () => {
    expect(
      linesOf(`const p = new Process(() => { blockSignals('SIGTERM'); kill(getpid(), 'SIGTERM'); print('alive');
          unblockSignals('SIGTERM'); print('never'); }); print(p.wait().signal);`),
    ).toEqual(['alive', 'SIGTERM']);
  });

  test('are inherited by new threads and children; a thread that lets the signal through takes it', () => {
    expect(
      linesOf(`signal('SIGUSR1', () => print('taken by', currentThread().name)); blockSignals('SIGUSR1');
        const dull = new Thread(() => sleep(us(200)), { name: 'dull' });
        const keen = new Thread(() => { unblockSignals('SIGUSR1'); sleep(us(200)); }, { name: 'keen' });
        sleep(us(50)); kill(getpid(), 'SIGUSR1'); dull.join(); keen.join();
        const p = new Process(() => { kill(getpid(), 'SIGUSR1'); print('child holds it back'); }); p.wait();`),
    ).toEqual(['taken by keen', 'child holds it back']);
  });

  test('hold a signal back while its own handler runs, and let it through afterwards', () => {
    expect(
      linesOf(`let depth = 0; const child = getpid();
        signal('SIGUSR1', () => { print('begins', ++depth); if (depth < 3) kill(child, 'SIGUSR1'); print('ends', depth); });
        kill(child, 'SIGUSR1'); print('main');`),
    ).toEqual(['begins 1', 'ends 1', 'begins 2', 'ends 2', 'begins 3', 'ends 3', 'main']);
  });

  test('let a signal through again after its handler has thrown', () => {
    expect(
      linesOf(`signal('SIGUSR1', () => { throw new Error('out'); });
        for (let i = 0; i < 2; i++) try { kill(getpid(), 'SIGUSR1'); compute(us(9)); print('never'); } catch (e) { print((e as Error).message); }
        if (fork() === 0) { print('child'); exit(); } waitpid(); print('parent');`),
    ).toEqual(['out', 'out', 'child', 'parent']);
  });

  test('keep a signal sent to a thread for that thread, and of several of a kind only one', () => {
    expect(
      linesOf(`signal('SIGUSR1', () => print('taken by', currentThread().name));
        const t = new Thread(() => { blockSignals('SIGUSR1'); sleep(us(100)); print('lets it through'); unblockSignals('SIGUSR1'); }, { name: 'chosen' });
        sleep(us(50)); t.kill('SIGUSR1'); t.kill('SIGUSR1'); unblockSignals('SIGUSR1'); t.join();`),
    ).toEqual(['lets it through', 'taken by chosen']);
  });

  test('SIGCONT lets a stopped process go on even where it has a handler or is held back', () => {
    expect(
      linesOf(`const p = new Process(() => { signal('SIGCONT', () => print('handler')); compute(us(100)); print('done'); });
        sleep(us(20)); p.kill('SIGSTOP'); sleep(us(300)); print('stopped'); p.kill('SIGCONT'); p.wait();`),
    ).toEqual(['stopped', 'handler', 'done']);
  });
});

describe('containers', () => {
  test('number their processes from 1 inside, and see no others', () => {
    expect(
      linesOf(`const box = new Container({ name: 'box', privatePids: true });
        const p = new Process(() => { print('inside', getpid(), processes().length); }, { container: box });
        print('outside', p.pid); p.wait();`).toSorted(),
    ).toEqual(['inside 1 1', 'outside 2']);
  });

  test('hide the processes outside from those inside, not the other way round', () => {
    expect(
      linesOf(`const box = new Container({ name: 'box', privatePids: true });
        const outside = new Process(() => sleep(us(900)), { name: 'outside' });
        const p = new Process(() => {
          try { kill(9); } catch (e) { print((e as { code: string }).code); }
          const own = new Process(() => sleep(us(50)), { name: 'own' });
          print('inside', getpid(), getppid(), own.pid, processes().map((it) => it.name).join());
          own.wait();
        }, { container: box, name: 'boxed' });
        sleep(us(800)); print('outside', p.pid, processes().map((it) => it.name).join());
        p.wait(); outside.wait();`),
    ).toEqual(['ESRCH', 'inside 1 0 2 boxed,own', 'outside 3 main,outside,boxed']);
  });

  const boxed = (body: string, outside: string) =>
    linesOf(`const box = new Container({ name: 'box', privatePids: true });
      const p = new Process(() => { ${body} }, { container: box });
      ${outside}`);

  test('send their process 1 no signal that it has no handler for, not even SIGKILL from inside', () => {
    expect(
      boxed(
        `new Process(() => { kill(1, 'SIGTERM'); kill(1, 'SIGKILL'); }).wait(); print('still here'); sleep(ms(9));`,
        `sleep(ms(5)); p.kill('SIGTERM'); sleep(us(9)); print('and here'); p.kill('SIGKILL'); print(p.wait().signal);`,
      ),
    ).toEqual(['still here', 'and here', 'SIGKILL']);
    expect(
      boxed(
        `signal('SIGTERM', () => exit(3)); sleep(ms(9));`,
        `sleep(ms(1)); p.kill('SIGTERM'); print(p.wait().code);`,
      ),
    ).toEqual(['3']);
  });

  test('give their orphans to process 1, and end with it', () => {
    expect(
      boxed(
        `new Process(() => void new Process(() => sleep(us(50)), { name: 'orphan' }), { name: 'parent' }).wait();
         print('inherited', processes().find((it) => it.name === 'orphan')?.parent, waitpid().pid);
         new Process(() => new Process(() => sleep(ms(9))).wait(), { name: 'helper' }); sleep(us(300));`,
        `p.wait(); print('left', processes().length);
         try { waitpid(); } catch (error) { print((error as Error).message); }`,
      ),
    ).toEqual(['inherited 1 3', 'left 1', expect.stringContaining('ECHILD')]);
  });

  test('with a memory limit lose their largest process, and say why', () => {
    const report = runProgram(`const box = new Container({ name: 'box', memoryLimit: 1 << 20 });
      const p = new Process(() => { const a = malloc(4 << 20); for (let i = 0; i < 1024; i++) poke(a + 4096 * i, 1); }, { container: box, name: 'glutton' });
      print(p.wait().signal);`);
    expect(report.stdout.map(({ text }) => text)).toEqual([expect.stringContaining('glutton'), 'SIGKILL']);
  });
});

test('a signal to a thread is handled by that thread', () => {
  expect(
    linesOf(`signal('SIGUSR1', () => print('handled by', currentThread().name));
      const t = new Thread(() => sleep(us(100)), { name: 'sleeper' }); sleep(us(30)); t.kill('SIGUSR1'); t.join();`),
  ).toEqual(['handled by sleeper']);
});
