/**
 * Sprints: turns of an innermost loop that cannot stop. Where the fuel lasts for the dearest turn there is, its code asks for it once a turn and not at each
 * access, keeps what it counts in local variables, and holds no `yield`: for engines it is a loop like any other. Accesses are made and charged in the order and at the
 * cost of the loop's own code, which takes over for the turns in which the fuel may not last. The code is made from the code of the loop.
 */
import { FUEL } from '../host.ts';
import { forEachChild, type Node, unwrap } from './ast.ts';
import { isSwap, targetsOf } from './swaps.ts';
import type { Unit } from './unit.ts';

/** The parts of a loop, as code; an empty test is always true. */
export interface LoopCode {
  readonly test: string;
  readonly update: string;
  readonly body: string;
  /** What a turn costs. */
  readonly ticks: number;
}

/** An access to a property, an element or a variable: temporary, finder, its arguments, site. */
const ACCESS =
  /\((\$\d+)=\$L\.([kels])(\d*)\(\$K,\$F,([\w$]+)(?:,([\w$]+|\(\d+\)))?\)\)!==0&&\(yield \$\.stop\(\1,(\d+)\)\)/g;
const MATH = /\/\*\d+\*\/\$\.global\("Math"\)/g;
/** What no sprint may hold: stops, calls into the runtime, functions, deletions, jumps to labels. */
const BARRED =
  /\byield\b|\bfunction\b|=>|\bclass\b|\bdelete\b|\brandom\b|\btry\b|\breturn\b|\b(?:break|continue) [\w$]|\$lib\b|\$[_.]|\$[a-zA-Z]\b/;
/** Behind every call that may suspend: looked for first, because most loops have one. */
const CALL = '===$S?yield ';
/** Marks the end of a store. */
export const STORED = '/*stored*/';
const MARK = /\/\*stored\*\//g;
/** A store behind its access. */
const STORE = /\/\*(\d+)\*\/((?:(?!\/\*).)*?)\/\*stored\*\//gs;
/** A variable of the reader's, or what stands for its `this` or `arguments`; a temporary. */
const VARIABLE = /(?<![\w$.])(?:[A-Za-z_$][\w$]*\$\d+|\$[a-z]\d+)(?![\w$])/g;
const TEMP = /(?<![\w$.])\$\d+(?![\w$])/g;
const DECLARED = /\b(?:let|const|var) ([\w$]+)/g;
/** Names of the reader's that look like those the generator makes. */
const LOOKALIKE = /[\w$]\$\d/;

/** Code to put in front of a loop's test, where the loop can sprint; else nothing. */
export function sprint(unit: Unit, node: Node, loop: LoopCode): string {
  if (loop.body.includes(CALL) || loop.test.includes(CALL)) return '';
  if (unit.isWatched || unit.showsLocals || !unit.isFreeOfHooks || unit.has(LOOKALIKE)) return '';
  const all = `${loop.test};${loop.body};${loop.update}`;
  const bare = all
    .replace(ACCESS, '')
    .replace(MATH, 'Math')
    .replace(/\bMath\.\w+=(?!=)/, '$$L');
  if (BARRED.test(bare) || isUnclear(unit, node) || count(all, STORE) !== count(all, MARK)) return '';
  const inside = new Set([...bare.matchAll(DECLARED)].map((m) => m[1]));
  const outside = names(all, VARIABLE).filter((name) => !inside.has(name));
  const assigned = [...assignments(node)].filter(([name]) => outside.includes(name));
  return new Sprint(unit, loop, outside, new Map(assigned)).make(names(all, TEMP));
}

const count = (code: string, pattern: RegExp): number => code.match(pattern)?.length ?? 0;
const names = (code: string, pattern: RegExp): string[] => [...new Set(code.match(pattern))];

/**
 * One loop's sprint: a native function of what the loop uses. With fuel enough for whatever its accesses may take ($a), a turn makes them all. With less it makes those that are
 * known hits. When it meets another one it goes on without counting and storing ($x), only to see whether all are within reach of the memory management unit ($o), and is taken back:
 * variables get their values back. With fuel for accesses that are no page faults, and if none would be one, the turn is made again, in full; else by the loop's own code.
 * Nothing has to be undone, for only turns whose accesses come before their stores are tried with so little.
 */
class Sprint {
  private readonly unit: Unit;
  private readonly loop: LoopCode;
  private readonly outside: readonly string[];
  /** Variables that turns assign to, each with whether it is a number after it was one before. */
  private readonly assigned: ReadonlyMap<string, boolean>;
  private readonly id: number;
  private readonly isRevocable: boolean;
  private accesses = 0;
  /** Declares where the elements lie that were accessed last, for each access. */
  private chunks = '';

  constructor(
    unit: Unit,
    loop: LoopCode,
    outside: readonly string[],
    assigned: ReadonlyMap<string, boolean>,
  ) {
    this.unit = unit;
    this.loop = loop;
    this.outside = outside;
    this.assigned = assigned;
    this.id = unit.id();
    this.isRevocable = !/\/\*stored\*\/.*\$L\./s.test(`${loop.test};${loop.body};${loop.update}`);
  }

  /** Puts the function into the program. Returns the code that calls it, and leaves the loop where the function came to the loop's end. */
  make(temps: readonly string[]): string {
    const { id, outside, loop } = this;
    const turns = this.turns(temps);
    const variables = [...this.assigned.keys()];
    const give = variables.map((name, i) => `$o${id}_${i}=${name};`).join('');
    const take = variables.map((name, i) => `${name}=$o${id}_${i};`).join('');
    // What is known to be a number from the start is quicker to reckon with.
    const numbers = variables.filter((name) => this.assigned.get(name));
    const convert = numbers.map((name) => `${name}=+${name};`).join('');
    const bound = (place: number) => `${loop.ticks}+${this.accesses}*$F[${place}]`;
    const middle = `const $m=${bound(FUEL.mostInReach)};`;
    const results = variables.map((_, i) => `let $o${id}_${i};`).join('');
    this.unit.instance += `${results}const $s${id}=function(${['$b', '$B', ...outside].join(',')}){${convert}const $t=$F[${FUEL.hitTicks}];${middle}let $q=$F[0],$h=0;${turns}finally{$F[0]=$q-$h*$t;$F[${FUEL.hits}]+=$h;${give}}};`;
    const isNumber = numbers.map((name) => `&&typeof ${name}==="number"`).join('');
    const least = bound(this.isRevocable ? FUEL.hitTicks : FUEL.most);
    const call = `$s${id}.call(${['this', `$b${id}`, bound(FUEL.most), ...outside].join(',')})`;
    // Where accesses are known for a short time only, sprints would be too short to pay.
    return `const $b${id}=${least};if($F[0]>$b${id}&&$F[${FUEL.known}]!==0&&!($F[${FUEL.floor}]>0)${isNumber}){let $z${id};try{$z${id}=${call}}catch($x${id}){${take}yield $.overran($x${id});throw $x${id}}${take}if($z${id})break;}`;
  }

  private turns(temps: readonly string[]): string {
    const { ticks } = this.loop;
    const [test, body, update] = [this.loop.test, this.loop.body, this.loop.update].map((code) =>
      this.fast(code),
    );
    const saved = [...this.assigned.keys()].map((name, i) => [name, `$r${i}`] as const);
    const undo = `$q=$v;$h=$w;${saved.map(([name, copy]) => `${name}=${copy};`).join('')}`;
    const math = `${test}${body}${update}`.includes('$g.') ? 'const $g=$.global("Math");' : '';
    const head = `let ${['$a', '$n', '$x=false', '$o', '$v', '$w', ...saved.map(([, copy]) => copy), ...temps].join(',')};${math}${this.chunks === '' ? '' : `let $i=0,$u=0;${this.chunks}`}`;
    const left = `const $l=$q-$h*$t;if(!($l>$b+$F[${FUEL.floor}]))return false;$n=true;`;
    const over = (check: string) => (test === '' ? '' : `if(!(${test})){${check}return true}`);
    if (!this.isRevocable)
      return `${head}try{for(;;${update}){${left}${over('')}$q-=${ticks};${body}}return true}`;
    const revoke = `if($x){${undo}return false}`;
    const again = `let $s=false;if($x){${undo}if(!$o)return false;$x=false;$s=true}`;
    const begin = `${again}${left}$a=$s||$l>$B;$o=$l>$m;$v=$q;$w=$h;${saved.map(([name, copy]) => `${copy}=${name};`).join('')}`;
    return `${head}try{for(;;${update}){${begin}${over(revoke)}$q-=${ticks};${body}}${revoke}return true}catch($e){if(!$x)throw $e;${undo}return false}`;
  }

  /** Turns leave the variable as it is. */
  private isFixed(name: string): boolean {
    return this.outside.includes(name) && !this.assigned.has(name);
  }

  /** As `Unit.peek`, of an element of one and the same object: where its elements lie is remembered from one access to the next (a chunk never moves). */
  private peekChunk(finder: string, object: string, index: string): string {
    const [from, to, base, bytes] = ['f', 't', 'b', 'w'].map((part) => `$c${finder}${part}`);
    this.chunks += `let ${from}=0,${to}=0,${base}=0,${bytes}=0;`;
    const isThere = `(${index}>=${from}&&${index}<${to}||$L.x($K,${object},${index})&&(${from}=$X[0],${to}=$X[1],${base}=$X[2],${bytes}=$X[3],true))`;
    const known = this.unit.knownElement(finder, `$i=${base}+${index}*${bytes}`);
    return `typeof ${index}=="number"&&(${index}|0)===${index}&&${isThere}?${known}?0:$i:-1`;
  }

  private fast(code: string): string {
    const fast = code
      .replace(ACCESS, (access, temp, kind, finder, object, index, site) => {
        this.accesses++;
        const find = access.slice(access.indexOf('=') + 1, access.indexOf(')!==0'));
        const peek =
          kind === 'e' && this.isFixed(object)
            ? this.peekChunk(finder, object, index)
            : this.unit.peek(kind, finder, object, index);
        const make = `($q-=$h*$t,$F[0]=$q,$F[${FUEL.hits}]+=$h,$h=0,${temp}=${temp}>0?$K.touch(${temp},${site}):${find},$q=$F[0],$n=$F[${FUEL.floor}]===0,${temp}!==0&&$.overrun(${temp},${site}))`;
        const reach = this.unit.reach(kind, finder, object, index);
        return `((${temp}=(${peek}))===0&&$n?$h++:${this.isRevocable ? `$a?${make}:($x=true,$o=$o&&${reach})` : make})`;
      })
      .replace(MATH, '$g');
    return this.isRevocable ? fast.replace(STORE, '/*$1*/($x||($2))') : fast;
  }
}

/** Whether a loop uses variables that are declared behind it, which it may meet before they have a value, or assigns to patterns. */
function isUnclear(unit: Unit, node: Node): boolean {
  let isFound = false;
  const visit = (child: Node): void => {
    const declared: Node | undefined = child.type === 'Identifier' ? child.binding?.node : undefined;
    if (declared && declared.start > node.end) isFound = true;
    if (child.type === 'AssignmentExpression' && unwrap(child.left).type.endsWith('Pattern'))
      isFound ||= !isSwap(unit, child);
    forEachChild(child, visit);
  };
  visit(node);
  return isFound;
}

const ARITHMETIC = new Set('- * / % ** & | ^ << >> >>>'.split(' '));

/** Whether an assignment leaves a number wherever it finds numbers. */
function isArithmetic(operator: string, right: Node): boolean {
  const value = unwrap(right);
  if (operator === '+=') return value.type !== 'StringLiteral' && value.type !== 'TemplateLiteral';
  if (operator !== '=') return ARITHMETIC.has(operator.slice(0, -1));
  if (value.type === 'BinaryExpression') return ARITHMETIC.has(value.operator);
  return (
    value.type === 'NumericLiteral' || (value.type === 'UnaryExpression' && '+-~'.includes(value.operator))
  );
}

/** Output names of what a loop's turns assign to, each with whether all assignments leave a number. */
function assignments(node: Node): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  const assigned = (target: Node, isNumber: boolean): void => {
    const { binding } = unwrap(target);
    if (binding && binding.exportedFrom === null)
      found.set(binding.output, isNumber && (found.get(binding.output) ?? true));
  };
  const visit = (child: Node): void => {
    if (child.type === 'UpdateExpression') assigned(child.argument, true);
    if (child.type === 'AssignmentExpression') {
      if (unwrap(child.left).type === 'ArrayPattern') for (const it of targetsOf(child)) assigned(it, false);
      else assigned(child.left, isArithmetic(child.operator, child.right));
    }
    forEachChild(child, visit);
  };
  for (const part of [node.test, node.update, node.body]) if (part) visit(part);
  return found;
}
