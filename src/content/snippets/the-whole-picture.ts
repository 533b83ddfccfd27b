// Two processes with two threads each, on two cores.
// A thread of one of them falls.
import { compute, machine, ms, Process, poke, print, Thread } from 'interleave';

machine({ cores: 2 });

const tab = (name: string, faulty: boolean) =>
  new Process(
    () => {
      new Thread(
        () => {
          compute(ms(2));
          if (faulty) poke(0, 1);
          print(name, 'is laid out');
        },
        { name: `${name}: layout` },
      );
      new Thread(
        () => {
          compute(ms(4));
          print(name, 'has run its scripts');
        },
        { name: `${name}: scripts` },
      );
    },
    { name },
  );

const a = tab('tab A', true);
const b = tab('tab B', false);
print('tab A ended by', a.wait().signal ?? 'itself');
print('tab B ended by', b.wait().signal ?? 'itself');
