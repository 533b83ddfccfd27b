import { describe, expect, test } from 'vitest';
import { makePolicy } from '../../../../src/engine/kernel/scheduler/index.ts';
import type { Policy, Task } from '../../../../src/engine/kernel/scheduler/policy.ts';
import { Random } from '../../../../src/engine/machine/random.ts';

const TICKS = 16;

function task(tid: number, changes: Partial<Task> = {}): Task {
  return {
    tid,
    priority: 1,
    weight: 1024,
    expected: 0,
    used: 0,
    affinity: -1,
    readyNext: null,
    readyPrevious: null,
    ...changes,
  };
}

function policyWith(request: { name: string; [parameter: string]: unknown }, tasks: readonly Task[]): Policy {
  const policy = makePolicy(request, 10 * TICKS, new Random(1));
  for (const it of tasks) policy.enqueue(it, 'new', 0);
  return policy;
}

/** Runs one core for so many slices; the tids in order. */
function run(policy: Policy, slices: number): number[] {
  const order: number[] = [];
  for (let now = 0; order.length < slices; ) {
    const next = policy.pick(0, now);
    if (next === null) break;
    order.push(next.tid);
    const ticks = Math.min(policy.slice(next, now), 10 * TICKS);
    now += ticks;
    policy.ran(next, ticks, now);
    policy.enqueue(next, 'expired', now);
  }
  return order;
}

const ALL = ['fifo', 'sjf', 'stcf', 'rr', 'priority', 'lottery', 'mlfq', 'fair'];

describe.each(ALL)('every policy keeps its promises: %s', (name) => {
  test('gives out each ready task once and then none', () => {
    const policy = policyWith({ name }, [task(1), task(2), task(3)]);
    expect(policy.length).toBe(3);
    const picked = [policy.pick(0, 0), policy.pick(0, 0), policy.pick(0, 0)].map((it) => it?.tid).toSorted();
    expect(picked).toEqual([1, 2, 3]);
    expect(policy.pick(0, 0)).toBeNull();
    expect(policy.length).toBe(0);
  });

  test('gives a core only tasks that may run there', () => {
    const policy = policyWith({ name }, [task(1, { affinity: 1 }), task(2, { affinity: 0 })]);
    expect(policy.pick(0, 0)?.tid).toBe(2);
    expect(policy.pick(0, 0)).toBeNull();
    expect(policy.pick(1, 0)?.tid).toBe(1);
  });

  test('forgets a task that was killed while it was ready', () => {
    const tasks = [task(1), task(2)];
    const policy = policyWith({ name }, tasks);
    policy.dequeue(tasks[0] as Task);
    policy.ended(tasks[0] as Task);
    expect(policy.pick(0, 0)?.tid).toBe(2);
    expect(policy.pick(0, 0)).toBeNull();
  });
});

describe('what makes each policy itself', () => {
  test('fifo does not end a slice, rr does', () => {
    expect(policyWith({ name: 'fifo' }, []).slice(task(1), 0)).toBe(Number.POSITIVE_INFINITY);
    expect(run(policyWith({ name: 'rr' }, [task(1), task(2)]), 4)).toEqual([1, 2, 1, 2]);
  });

  test('rr with a periodic timer: who is picked between two interrupts gets what is left, and a yield may restart the timer', () => {
    const slices = (request: object) => {
      const policy = policyWith({ name: 'rr', timer: 'periodic', ...request }, [task(1), task(2), task(3)]);
      const sliceOf = (now: number) => [policy.pick(0, now) as Task, now] as const;
      const [first] = sliceOf(0);
      const all = [policy.slice(first, 0)];
      policy.enqueue(first, 'yielded', 4 * TICKS);
      const [second] = sliceOf(4 * TICKS);
      all.push(policy.slice(second, 4 * TICKS));
      policy.ended(second);
      all.push(policy.slice(sliceOf(10 * TICKS)[0], 10 * TICKS));
      return all.map((ticks) => ticks / TICKS);
    };
    expect(slices({})).toEqual([10, 6, 0]);
    expect(slices({ yieldRestartsTimer: true })).toEqual([10, 10, 4]);
  });

  test('rr with turns goes through them again and again and passes over who is not ready', () => {
    expect(run(policyWith({ name: 'rr', turns: [2, 2, 9, 1] }, [task(1), task(2)]), 7)).toEqual([
      2, 2, 1, 2, 2, 1, 2,
    ]);
    expect(run(policyWith({ name: 'rr', turns: [9] }, [task(1), task(2)]), 3)).toEqual([1, 2, 1]);
  });

  test('sjf picks the shortest, the first come of equals; stcf lets a shorter one take the core', () => {
    const tasks = [task(1, { expected: 30 }), task(2, { expected: 10 }), task(3, { expected: 10 })];
    const sjf = policyWith({ name: 'sjf' }, tasks);
    expect([sjf.pick(0, 0)?.tid, sjf.pick(0, 0)?.tid, sjf.pick(0, 0)?.tid]).toEqual([2, 3, 1]);
    const stcf = policyWith({ name: 'stcf' }, []);
    expect(stcf.preempts(task(4, { expected: 5 }), task(5, { expected: 30, used: 20 }))).toBe(true);
    expect(stcf.preempts(task(4, { expected: 5 }), task(5, { expected: 30, used: 26 }))).toBe(false);
    expect(sjf.preempts(task(4, { expected: 5 }), task(5, { expected: 30 }))).toBe(false);
  });

  test('priority: the most urgent runs, equals take turns, aging ends starvation', () => {
    const tasks = () => [task(1, { priority: 1 }), task(2, { priority: 5 }), task(3, { priority: 5 })];
    expect(run(policyWith({ name: 'priority' }, tasks()), 4)).toEqual([2, 3, 2, 3]);
    const aging = policyWith({ name: 'priority', aging: 1 }, tasks());
    for (let i = 0; i < 6; i++) {
      const running = aging.pick(0, 0) as Task;
      aging.tick([running], 0);
    }
    expect(run(aging, 3)).toContain(1);
  });

  test('lottery: each gets about the share of its tickets', () => {
    const order = run(
      policyWith({ name: 'lottery' }, [task(1, { priority: 1 }), task(2, { priority: 3 })]),
      4000,
    );
    const share = order.filter((tid) => tid === 2).length / order.length;
    expect(share).toBeGreaterThan(0.71);
    expect(share).toBeLessThan(0.79);
  });

  test('mlfq: who uses up its allotment moves down, a boost brings it back', () => {
    const policy = policyWith({ name: 'mlfq', queues: 2, boost: 1000 }, [task(1)]);
    expect(run(policy, 1)).toEqual([1]);
    policy.enqueue(task(2), 'new', 0);
    expect(policy.pick(0, 0)?.tid).toBe(2);
    policy.tick([], 0);
    policy.enqueue(task(3), 'new', 0);
    expect(policy.pick(0, 0)?.tid).toBe(1);
  });

  test('mlfq: who is interrupted stays before those that came to the front before it was picked', () => {
    const [a, b, c] = [task(1), task(2), task(3)];
    const policy = policyWith({ name: 'mlfq', front: true }, []);
    policy.enqueue(b, 'woken', 0);
    policy.enqueue(a, 'woken', 0);
    expect(policy.pick(0, 0)).toBe(a);
    policy.enqueue(c, 'woken', 0);
    expect(policy.preempts(c, a)).toBe(true);
    policy.enqueue(a, 'preempted', 0);
    expect([policy.pick(0, 0), policy.pick(0, 0), policy.pick(0, 0)]).toEqual([c, a, b]);
  });

  test('fair: CPU time follows the weights', () => {
    const order = run(
      policyWith({ name: 'fair' }, [task(1, { weight: 1024 }), task(2, { weight: 3072 })]),
      400,
    );
    const share = order.filter((tid) => tid === 2).length / order.length;
    expect(share).toBeGreaterThan(0.73);
    expect(share).toBeLessThan(0.77);
  });

  test('fair: weights that change while their tasks are ready do not shift what a new task is given', () => {
    let weight = 1024;
    const changing = Object.defineProperty(task(1), 'weight', { get: () => weight });
    const policy = policyWith({ name: 'fair' }, [changing, task(2)]);
    weight = 15;
    run(policy, 200);
    policy.enqueue(task(3), 'new', 0);
    expect(run(policy, 40).filter((tid) => tid === 3).length).toBeLessThan(25);
  });

  test.each([
    [{ name: 'nonsense' }, /no scheduling policy 'nonsense'/],
    [{ name: 'rr', quantum: 0 }, /quantum must be/],
    [{ name: 'rr', timer: 'sundial' }, /timer must be 'slice' or 'periodic'/],
    [{ name: 'rr', turns: [] }, /turns must be a list of numbers greater than 0/],
    [{ name: 'rr', yieldRestartsTimer: 1 }, /yieldRestartsTimer must be true or false/],
    [{ name: 'mlfq', stay: 'yes' }, /stay must be true or false/],
    [{ name: 'fifo', quantum: 5 }, /no parameter 'quantum'/],
    [{ name: 'mlfq', queues: 2.5 }, /one number for each queue/],
    [{ name: 'mlfq', queues: 2, quanta: [1, 2, 3] }, /one number for each queue/],
    [{ name: 'mlfq', quanta: 'short' }, /list of numbers/],
  ])('refuses %o and says why', (request, message) => {
    expect(() => policyWith(request, [])).toThrow(message);
  });
});
