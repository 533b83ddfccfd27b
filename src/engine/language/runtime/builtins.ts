/** Suspendable forms of the built-ins that call the reader's code. What is not here runs as one step. */
import { addArrayForms } from './builtins-array.ts';
import { addCollectionForms } from './builtins-collection.ts';
import { addFunctionForms } from './builtins-function.ts';
import { addSortForms } from './builtins-sort.ts';
import { addStringForms } from './builtins-string.ts';

/** Put the forms on the built-ins of the realm. */
export function addBuiltinForms(): void {
  addArrayForms();
  addSortForms();
  addCollectionForms();
  addFunctionForms();
  addStringForms();
}
