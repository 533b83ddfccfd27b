import { describe, expect, test } from 'vitest';
import { linesOf, runProgram } from './run.ts';

describe('peek and poke', () => {
  test('see and change a module variable at its address', () => {
    expect(
      linesOf(`let counter = 5; counter++; print(peek(addressOf(counter)));
        poke(addressOf(counter), 40); print(counter); counter++; print(peek(addressOf(counter)));`),
    ).toEqual(['6', '40', '41']);
  });

  test('see and change properties, elements, captured variables and locals', () => {
    expect(
      linesOf(`const o = { x: 1, y: 2 }, list = [10, 20, 30];
        const f = () => { let own = 7, seen = 1; const g = () => ++seen; g();
          poke(addressOf(own), 8); poke(addressOf(seen), 9); print(own, seen, g(), peek(addressOf(seen))); };
        poke(addressOf(o.y), 3); poke(addressOf(list[1]!), 21); print(o.y, list.join()); f();`),
    ).toEqual(['3 10,21,30', '8 9 10 10']);
  });

  test('find the next property and the next element one word further on', () => {
    expect(
      linesOf(`const o = { x: 1, y: 2 }, list = [10, 20, 30];
        print(peek(addressOf(o) + 8), peek(addressOf(o) + 16), peek(addressOf(list[0]!) + 16));
        poke(addressOf(list[0]!) + 8, 99); print(list.join());`),
    ).toEqual(['1 2 30', '10,99,30']);
  });

  test('see 0 or 1 for a boolean, 0 for nothing, an address for anything that lies elsewhere', () => {
    expect(
      linesOf(`let yes: boolean = true, none: unknown = null, text = 'abc', o = { x: 5 };
        print(peek(addressOf(yes)), peek(addressOf(none)));
        const box = { text, o }, at = addressOf(box);
        print(peek(addressOf(box.o)) === 5, peek(at + 16) === addressOf(o), peek(peek(at + 16) + 8));
        print(peek(addressOf(text)) > 0, peek(addressOf(text)) === peek(at + 8));
        poke(addressOf(yes), 0); print(yes);`),
    ).toEqual(['1 0', 'false true 5', 'true true', 'false']);
  });

  test('refuse to change a constant, or a variable that holds no number, and say so', () => {
    for (const variable of ['const x = 5;', "let x = 'text';"])
      expect(
        linesOf(
          `${variable} try { poke(addressOf(x), 1); } catch (e) { print((e as Error).message); } print(x);`,
        ),
      ).toEqual([
        expect.stringMatching(/^EPERM: poke: x at 0x\w+ is a constant or holds no number/),
        expect.any(String),
      ]);
  });

  test('a variable that is not yet initialised reads as 0', () => {
    expect(linesOf(`print(peek(addressOf(o) + 0)); var o = 3; print(peek(addressOf(o)));`)).toEqual([
      '0',
      '3',
    ]);
  });

  test('change only the copy of the process that pokes', () => {
    expect(
      linesOf(`let secret = 41; const at = addressOf(secret); poke(at, 42);
        const child = new Process(() => { poke(at, 43); print('child', secret, peek(at)); });
        child.wait(); print('parent', secret, peek(at));`),
    ).toEqual(['child 43 43', 'parent 42 42']);
  });

  test('what was poked before a fork is there after it', () => {
    expect(
      linesOf(`let n = 1; const text = 'x', at = addressOf(n); poke(at, 2); const where = peek(addressOf(text));
        if (fork() === 0) { print(n, peek(at), peek(addressOf(text)) === where, malloc(16)); exit(); }
        waitpid(); print(n, peek(at), peek(addressOf(text)) === where, malloc(16));`),
    ).toEqual([expect.stringMatching(/^2 2 true/), expect.stringMatching(/^2 2 true/)]);
  });

  test('a write to the address of a function is a fault: text cannot be written', () => {
    const { processes } = runProgram(`const f = () => 1; poke(addressOf(f), 1);`);
    expect(processes[0]?.exit?.signal).toBe('SIGSEGV');
  });
});
