/**
 * Leaves: functions that can stop at their entry and in front of their accesses and nowhere else, make each access once at most, and access nothing but
 * named properties of `this` and of their parameters. Where all these are known hits when such a function is entered, they are hits until it is left. Then, with fuel for
 * all of them, it can run as a native function that counts its accesses and charges them at its end: the same effects, and the same cost to the tick, as its form.
 */
import type { Node } from './ast.ts';
import type { Unit } from './unit.ts';

/** What generated code says at the entry of a form. */
const ENTRY = /\(\$F\[0\]-=(\d+)\)<0&&\(yield \d+\);/;
/** The whole of an access to a named property: which (`Unit.keyAccesses`), and of what. */
const KEY_ACCESS = /\(\$\d+=\$L\.k(\d+)\(\$K,\$F,([\w$]+)\)\)!==0&&\(yield \$\.stop\(\$\d+,\d+\)\)/g;
const FORM = /^function\*\(([\w$,]*)\)\{(.*)\}$/s;
/** Code of a form, with its leaf attached where the function is one. */
export function withLeaf(unit: Unit, node: Node, form: string): string {
  if (node.info.suspends || node.async || node.generator || unit.isWatched) return form;
  const parts = FORM.exec(form);
  if (parts === null || !unit.isFreeOfHooks) return form;
  const [, head = '', body = ''] = parts;
  const owners = new Map<string, { readonly loads: string[]; readonly stores: string[] }>();
  let accesses = 0;
  let ticks = '0';
  const counting = body
    .replace(ENTRY, (_, entry: string) => {
      ticks = entry;
      return '';
    })
    .replace(KEY_ACCESS, (_, id: string, owner: string) => {
      const keys = owners.get(owner) ?? { loads: [], stores: [] };
      owners.set(owner, keys);
      const { key, isStore } = unit.keyAccesses.get(Number(id)) as { key: string; isStore: boolean };
      keys[isStore ? 'stores' : 'loads'].push(key);
      accesses++;
      return '$h++';
    });
  const known = ['this', ...head.split(',')];
  if (owners.size === 0 || [...owners.keys()].some((name) => !known.includes(name))) return form;
  if (/\byield\b|function\*|\$[.LHK]/.test(counting.replace(/\$\.global\("Math"\)/g, ''))) return form;
  const checks = [...owners].map(([name, { loads, stores }]) => unit.groupCheck(name, loads, stores));
  const leaf = `function(${head}){if(!(${checks.join('&&')}))return $L;let $h=0;try{${counting}}finally{${unit.chargeHits('$h', ticks)}}}`;
  return `$.leaf(${form},${leaf},${accesses})`;
}
