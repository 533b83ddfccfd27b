/** Suspendable forms of the built-ins that call the reader's code. What is not here runs as one step. */
import { addArrayForms } from './builtins-array.ts';
import { addAsyncForms } from './builtins-async.ts';
import { addCollectionForms } from './builtins-collection.ts';
import { addErrorForms } from './builtins-error.ts';
import { addFilledForms } from './builtins-filled.ts';
import { addFunctionForms } from './builtins-function.ts';
import { addGuards } from './builtins-guard.ts';
import { addIteratorForms } from './builtins-iterator.ts';
import { addJsonForms } from './builtins-json.ts';
import { addSortForms } from './builtins-sort.ts';
import { addStringForms } from './builtins-string.ts';
import { addProxyForms } from './proxy-target.ts';
import type { Realm } from './realm.ts';

/** Put the forms on the built-ins of the realm. */
export function addBuiltinForms(realm: Realm): void {
  addArrayForms();
  addSortForms();
  addCollectionForms();
  addFunctionForms();
  addStringForms();
  addAsyncForms();
  addIteratorForms(realm);
  addErrorForms();
  addFilledForms();
  addGuards();
  addJsonForms();
  addProxyForms();
}
