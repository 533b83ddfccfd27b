// User-level threads share one kernel thread: when one blocks in the kernel, all of them wait.
import { Fiber, io, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, costs: 'free' });

const at = (start: number) => `${(now() - start) / ms(1)} ms`;

let start = now();
const waiter = new Fiber(() => io(ms(5)));
const greeter = new Fiber(() => print('user-level greeting after', at(start)));
waiter.resume();
greeter.resume();

start = now();
const kernelWaiter = new Thread(() => io(ms(5)));
const kernelGreeter = new Thread(() => print('kernel-level greeting after', at(start)));
kernelWaiter.join();
kernelGreeter.join();
