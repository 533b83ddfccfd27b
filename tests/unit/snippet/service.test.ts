import { describe, expect, test } from 'vitest';
import {
  CompileError,
  EventKind,
  type ExplorationReport,
  type OutputLine,
  type Program,
  type Report,
  type Run,
} from '../../../src/engine/index.ts';
import { type Engine, mostLines, RunService } from '../../../src/engine/service.ts';
import { traceOf } from '../views/fixtures.ts';

const program = { format: 1, source: 'ok', name: 'a.ts', code: 'secret', sites: [] } as unknown as Program;

/** An engine whose programs print one line each step and take a millisecond for it. */
function setUp(steps: number, trace = traceOf([])) {
  const clock = { now: 0 };
  const started: unknown[] = [];
  const engine: Engine = {
    compile(source) {
      if (source !== 'ok') throw new CompileError('unexpected token', 2, 7);
      return program;
    },
    start(_, options): Run {
      started.push(options);
      const output: OutputLine[] = [];
      return {
        advance(portion) {
          for (let step = 0; step < portion && output.length < steps; step++) {
            output.push({ time: 0, pid: 1, tid: 1, text: `${output.length}` });
          }
          clock.now += portion;
          return output.length === steps;
        },
        stop: () => {},
        output,
        processes: [],
        report: () => ({ status: 'exited' }) as Report,
        trace: () => trace,
      };
    },
    explore(_, options) {
      started.push(options);
      const search = {
        executions: 0,
        advance(portion: number) {
          search.executions = Math.min(steps, search.executions + portion);
          clock.now += portion;
          return search.executions === steps;
        },
        stop: () => {},
        progress: () => ({ executions: search.executions, outcomes: 0, failures: 0, estimate: null }),
        result: () => ({ executions: search.executions }) as ExplorationReport,
      };
      return search;
    },
    play: () => {
      throw new Error('process 9 cannot go on there');
    },
    replay: (_, schedule) => ({ ...engine.start(program), stop: () => started.push(schedule) }),
  };
  return { service: new RunService(engine, () => clock.now), clock, started };
}

describe('the service of a worker', () => {
  test('runs a built program and answers with its lines, then with its result', () => {
    const { service, started } = setUp(3);
    const answer = service.start({ program }, { seed: 7 });
    expect(answer.refused).toBeNull();
    if (answer.refused) return;
    expect(answer.progress.lines.map(({ text }) => text)).toEqual(['0', '1', '2']);
    expect(answer.progress.result).toBeNull();
    expect(service.advance()).toMatchObject({ lines: [], result: { report: { status: 'exited' } } });
    expect(started).toEqual([{ seed: 7 }]);
  });

  test('tells what was printed in portions that a page can take, and the result after the last', () => {
    const { service } = setUp(2 * mostLines + 1);
    const answer = service.start({ program }, {});
    const told = answer.refused === null ? [answer.progress] : [];
    while (told.length < 5000 && told.at(-1)?.result === null) told.push(service.advance());
    const lines = told.map((progress) => progress.lines);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(mostLines);
    expect(lines.flat().map(({ text }) => text)).toEqual(
      Array.from({ length: 2 * mostLines + 1 }, (_, index) => `${index}`),
    );
    expect(told.at(-1)?.result?.report.status).toBe('exited');
  });

  test('keeps the columns of a long trace until they are asked for', () => {
    const event = { time: 1, kind: EventKind.Wake, tid: 2 };
    const long = traceOf(Array.from({ length: 60_000 }, () => event));
    const { service } = setUp(1, long);
    service.start({ program }, {});
    const { result } = service.advance();
    expect(result?.trace.length).toBe(60_000);
    expect(result?.trace.time.length).toBe(0);
    expect(result?.columns).toEqual(['time', 'kind', 'core', 'tid', 'site', 'a', 'b']);
    for (const name of result?.columns ?? []) expect(service.column(name)).toEqual(long[name]);
  });

  test('answers with the result at once where nothing was printed', () => {
    const answer = setUp(0).service.start({ program }, {});
    expect(answer).toMatchObject({ progress: { lines: [], result: { report: { status: 'exited' } } } });
  });

  test('tells where things are in a source it has compiled, and keeps the code to itself', () => {
    const answer = setUp(1).service.start({ source: 'ok', name: 'a.ts' }, {});
    expect(answer).toMatchObject({ map: { name: 'a.ts', sites: [] } });
    expect(answer).not.toHaveProperty('map.code');
  });

  test('does not send back the program that it was given', () => {
    expect(setUp(1).service.start({ program }, {})).toMatchObject({ refused: null, map: null });
  });

  test('refuses a source that does not compile with its place', () => {
    const answer = setUp(1).service.start({ source: 'no', name: 'a.ts' }, {});
    expect(answer).toEqual({ refused: { message: 'unexpected token', line: 2, column: 7 } });
  });

  test('never works long before it answers, and each line is sent once', () => {
    const { service, clock } = setUp(10_000);
    const answer = service.start({ program }, {});
    const lines = answer.refused ? [] : [...answer.progress.lines];
    for (let over = false; !over; ) {
      const before = clock.now;
      const progress = service.advance();
      expect(clock.now - before).toBeLessThan(2_500);
      lines.push(...progress.lines);
      over = progress.result !== null;
    }
    expect(lines).toHaveLength(10_000);
    expect(new Set(lines.map(({ text }) => text)).size).toBe(10_000);
  });

  test('stops where it stands', () => {
    const { service } = setUp(1e6);
    service.start({ program }, {});
    expect(service.stop().result).not.toBeNull();
  });

  test('replays a schedule instead of letting the machine choose', () => {
    const { service, started } = setUp(1e6);
    service.start({ program }, {}, 'v1.abc');
    service.stop();
    expect(started).toContain('v1.abc');
  });

  test('refuses a step that cannot be made, with the reason', () => {
    const answer = setUp(1).service.play({ program }, [9], {});
    expect(answer.refused?.message).toBe('process 9 cannot go on there');
  });

  test('searches in portions and tells how far it has come', () => {
    const { service, started } = setUp(10_000);
    expect(service.explore({ program }, { seed: 3 })).toEqual({ refused: null });
    expect(started).toMatchObject([{ seed: 3 }]);
    let answers = 1;
    while (service.advanceSearch().result === null) answers++;
    expect(answers).toBeGreaterThan(3);
    expect(service.advanceSearch(true).result?.executions).toBe(10_000);
  });

  test('asked about a run that was never started says what to do', () => {
    expect(() => setUp(1).service.advance()).toThrow('call start first');
  });
});
