/** `console`: lines of the process's output. */
import { hide, plainMethod } from './builtin.ts';
import { formatLog } from './format.ts';
import { defineKernelCall } from './forms.ts';
import type { Realm } from './realm.ts';

/** Make the realm's console. Every method prints one line, as `print` does. */
export function makeConsole(realm: Realm): object {
  const console = {};
  Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
  for (const name of ['log', 'info', 'debug', 'warn', 'error'])
    hide(
      console,
      name,
      defineKernelCall(plainMethod(name, 0, (_self, values) => realm.runtime.host.print(formatLog(values)))),
    );
  return console;
}
