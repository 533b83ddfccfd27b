import { describe, expect, test } from 'vitest';
import { duration, machineOf, parseArguments, wholeNumber } from '../../../src/cli/arguments.ts';
import { UsageError } from '../../../src/cli/usage.ts';

const run = (...options: string[]) => parseArguments(['run', 'file.ts', ...options]);

describe('the command line', () => {
  test('names the command, the file and the options', () => {
    const args = run('--cores', '4', '--json');
    expect(args).toMatchObject({ command: 'run', file: 'file.ts', values: { cores: '4', json: true } });
  });

  test.each([
    [[], /Say what to do/],
    [['walk', 'file.ts'], /no command 'walk'/],
    [['run'], /Say which file/],
    [['run', 'a.ts', 'b.ts'], /'b\.ts' is one too many/],
    [['run', 'a.ts', '--strategy', 'dpor'], /'sim run' takes no --strategy/],
    [['run', 'a.ts', '--speed', '3'], /--speed/],
    [['run', 'a.ts', '--cores'], /--cores/],
  ])('%j is refused, naming what is wrong', (words, message) => {
    expect(() => parseArguments(words)).toThrow(UsageError);
    expect(() => parseArguments(words)).toThrow(message);
  });

  test('help needs no file', () => {
    expect(parseArguments(['--help']).command).toBe('help');
  });
});

describe('durations', () => {
  test.each([
    ['500', 500],
    ['500ns', 500],
    ['10us', 10_000],
    ['1.5ms', 1_500_000],
    ['2s', 2_000_000_000],
  ])('%s is %d nanoseconds', (text, nanoseconds) => {
    expect(duration(run('--quantum', text), 'quantum')).toBe(nanoseconds);
  });

  test.each(['0', '-5', '10 us', 'soon', '1e3', ''])("'%s' is refused", (text) => {
    expect(() => duration(run(`--quantum=${text}`), 'quantum')).toThrow(/--quantum takes a duration/);
  });
});

describe('numbers and words', () => {
  test('no core at all is refused', () => {
    expect(() => wholeNumber(run('--cores', '0'), 'cores', 1)).toThrow('at least 1');
  });

  test.each(['2.5', '-1', 'two', '99999999999999999999'])("'%s' cores is refused", (text) => {
    expect(() => machineOf(run(`--cores=${text}`))).toThrow(/--cores takes a whole number/);
  });

  test('a number below zero is a wrong number, not an unknown option', () => {
    expect(() => machineOf(run('--cores', '-1'))).toThrow("'-1' is not one");
  });

  test('an unknown policy is refused with the list of those there are', () => {
    expect(() => machineOf(run('--policy', 'fastest'))).toThrow(/fifo, sjf.*'fastest' is not/);
  });

  test('only what is given is asked of the machine', () => {
    expect(machineOf(run('--cores', '2', '--limit', '5ms'))).toEqual({
      cores: 2,
      limits: { time: 5_000_000 },
    });
    expect(machineOf(run())).toEqual({});
  });
});
