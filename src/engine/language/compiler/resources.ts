/** `using` and `await using`: what a scope uses is disposed of when it ends, in reverse order. */
import type { Node } from './ast.ts';
import type { Context } from './context.ts';
import { expression, named } from './expressions.ts';
import { statement } from './statements.ts';

/** Whether a statement is a `using` declaration. */
export const usesResources = (node: Node): boolean =>
  node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using');

/** Code that runs `code` and then disposes of what it registered in `name`. */
export function disposing(name: string, code: string): string {
  return `const ${name}=$.resources();try{${code}}catch($x){${name}.fail($x)}finally{yield* $.disposeAll(${name})}`;
}

/** Code for a `using` declaration. */
export function resourceDeclaration(cx: Context, node: Node): string {
  return node.declarations
    .map((d: Node) => {
      const value = named(cx, d.init, d.id.name);
      const site = cx.site(d, 'call', 'dispose');
      return `const ${d.id.binding.output}=$.use(${cx.resources},${value},${node.kind === 'await using'},${site});`;
    })
    .join('');
}

/** A loop whose head uses a resource: each turn's (or the whole loop's) is disposed of. */
export function disposeEach(cx: Context, node: Node, loop: (node: Node) => string): string {
  if (node.type === 'ForStatement') {
    const outer = cx.resources;
    const name = `$r${cx.unit.id()}`;
    cx.resources = name;
    const code = resourceDeclaration(cx, node.init) + loop({ ...node, init: null } as Node);
    cx.resources = outer;
    return `{${disposing(name, code)}}`;
  }
  const { left } = node;
  const body = {
    ...node.body,
    type: 'UsingBody',
    body: node.body,
    id: left.declarations[0].id,
    asynchronous: left.kind === 'await using',
  };
  return loop({ ...node, left: { ...left, kind: 'const' }, body } as Node);
}

/** The body of a `for (using x of ...)`. */
export function usingBody(cx: Context, node: Node): string {
  const name = `$r${cx.unit.id()}`;
  const site = cx.site(node.id, 'call', 'dispose');
  const code = `$.use(${name},${expression(cx, node.id)},${node.asynchronous},${site});${statement(cx, node.body)}`;
  return `{${disposing(name, code)}}`;
}
