import { Rank } from '../machine/event-queue.ts';
import { Device } from './device.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Readable } from './ipc/poll.ts';
import { ReadableWatch } from './ipc/readable-watch.ts';
import { type KernelObject, Operation } from './operation.ts';
import type { Process } from './process.ts';

/** What comes from outside a process: devices, what they hand to its event loop, objects found by name; all of it noted for copies of the process. */
export abstract class Surroundings extends Dispatcher {
  private readonly devices = new Map<string, Device>();
  private readonly names = new Map<string, KernelObject>();

  override named<O extends KernelObject>(kind: string, name: string, make: () => O): O {
    if (kind !== 'port') this.systemCall(); // A port is found by `connect`, which is charged.
    const key = `${kind} ${name}`;
    let object = this.names.get(key) as O | undefined;
    if (!object) {
      object = make();
      this.names.set(key, object);
    }
    return this.observe(object);
  }

  override observe<T>(fact: T): T {
    this.running.process.log?.give(fact);
    return fact;
  }

  /** Does something whose outcome, an error included, depends on more than the program. */
  protected record<T>(make: () => T): T {
    const { log } = this.running.process;
    try {
      const result = make();
      return log ? log.give(result) : result;
    } catch (error) {
      log?.given.push({ value: error, isError: true });
      throw error;
    }
  }

  override share<T>(make: () => T): T {
    this.systemCall();
    return this.observe(make());
  }

  private device(name: string): Device {
    let device = this.devices.get(name);
    if (!device) {
      device = this.addObject(new Device(this.newId(), name));
      this.devices.set(name, device);
    }
    return device;
  }

  override io(ticks: number, name: string): unknown {
    const device = this.device(name);
    const operation = new Operation('io', device);
    operation.deadline = device.request(this.now(), ticks);
    return this.perform(operation);
  }

  override ioAsync(ticks: number, name: string, done: () => void): void {
    const { process } = this.running;
    const { loop } = process.instance.runtime;
    loop.hold();
    const callback =
      process.callbacks.push(() => {
        loop.release();
        done();
      }) - 1;
    this.at(this.device(name).request(this.now(), ticks), Rank.Device, () => this.post(process, callback));
  }

  override watchReadable(source: Readable, listener: () => void): () => void {
    const { process } = this.running;
    const { loop } = process.instance.runtime;
    loop.hold();
    const watch = new ReadableWatch(source, listener, ({ callback }) => ({
      observe: (fact) => this.observe(fact()),
      post: () => loop.post(callback, []),
    }));
    const callback = process.callbacks.push(watch.callback) - 1;
    const watcher = () => {
      if (watch.wake()) this.post(process, callback);
    };
    source.watchers.add(watcher);
    return () => {
      source.watchers.delete(watcher);
      if (watch.stop()) loop.release();
    };
  }

  /** Hands a registered callback to the event loop of a process. */
  private post(process: Process, callback: number): void {
    if (process.exit !== null) return;
    process.log?.add({ kind: 'post', callback });
    process.instance.runtime.loop.post(process.callbacks[callback], []);
    this.wakeLoop(process);
  }

  /** The event loop of a process has something to do: the thread that waits for that goes on. */
  override wakeLoop(process: Process): void {
    for (const { pending } of process.threads) {
      if (pending?.kind !== 'idle') continue;
      pending.outcome = 'signalled';
      this.wake(pending);
    }
  }
}
