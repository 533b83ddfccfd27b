/** Suspendable forms of the built-ins that call the reader's code. */
import type { Realm } from './realm.ts';

/** Put them on the built-ins of the realm. */
export function addBuiltinForms(_realm: Realm): void {}
