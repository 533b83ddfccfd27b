/** The main thread's bottom frame: the module's body, then the event loop until it is empty. */
import { SUSPENDED } from '../host.ts';
import type { Routine } from './builtin.ts';
import type { Frame } from './forms.ts';
import type { Awaiter } from './promise-state.ts';
import type { Runtime } from './runtime.ts';
import { AWAIT } from './signals.ts';

/** Run a module, whose body may `await` at its top level. */
export function* runModule(rt: Runtime, body: Frame): Frame {
  const module = new ModuleRun(body);
  let result = rt.run(body);
  if (result === SUSPENDED) result = yield;
  yield* module.settle(rt, result);
  yield* rt.loop.run(rt);
  if (!module.ended && !rt.loop.hasFailed)
    rt.host.uncaught(new Error('The module awaits a promise that nothing can settle any more'));
  return undefined;
}

class ModuleRun implements Awaiter {
  ended = false;
  readonly #body: Frame;

  constructor(body: Frame) {
    this.#body = body;
  }

  *settle(rt: Runtime, result: unknown): Routine<void> {
    this.ended = result !== AWAIT;
    if (this.ended) return;
    try {
      rt.realm.promises.await(rt, rt.out, this);
    } catch (error) {
      yield* this.resume(rt, true, error);
    }
  }

  *resume(rt: Runtime, rejected: boolean, value: unknown): Routine<void> {
    this.ended = true;
    let result = rejected ? rt.enterThrow(this.#body, value) : rt.enter(this.#body, value);
    if (result === SUSPENDED) result = yield;
    yield* this.settle(rt, result);
  }
}
