/**
 * Decorators (TC39 stage 3, as TypeScript 5 has them): evaluated in the order of the source, each before its member's
 * key; called when all are evaluated. Their calls can be suspended like any other.
 */
import { type Node, unwrap } from './ast.ts';
import type { Context } from './context.ts';
import { expression } from './expressions.ts';
import { reference } from './members.ts';

/** Whether a class or member has decorators. */
export const isDecorated = (node: Node): boolean => (node.decorators?.length ?? 0) > 0;

/** Whether a class needs what decorators leave behind: lists of initialisers, and metadata. */
export const needsDecoration = (node: Node, members: readonly Node[]): boolean =>
  isDecorated(node) || members.some(isDecorated);

/** Code of a list of the decorators of a class or member, each followed by the object it is a method of. */
export function decoratorList(cx: Context, node: Node): string {
  const items = node.decorators.map(({ expression: decorator }: Node) => {
    const inner = unwrap(decorator);
    if (inner.type !== 'MemberExpression') return `${expression(cx, decorator)},void 0`;
    const ref = reference(cx, inner);
    const code = `(${ref.setup}${ref.method()}),${ref.object}`;
    cx.release(...ref.temps);
    return code;
  });
  return `[${items.join(',')}]`;
}

/** What the context object calls a member. */
function kindOf(member: Node): string {
  if (member.type === 'ClassAccessorProperty') return 'accessor';
  if (!member.type.endsWith('Method')) return 'field';
  return member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : 'method';
}

/** A statement that evaluates a member's decorators and then its key; `member.decorated` names what it makes. */
export function decoratedMember(cx: Context, member: Node, home: string, key: string): string {
  member.decorated = `$x${cx.unit.id()}`;
  const list = decoratorList(cx, member);
  const helper = member.key.type === 'PrivateName' ? cx.privates.get(member.key.id.name) : 'null';
  return `const ${member.decorated}=$.decorated("${kindOf(member)}",${Boolean(member.static)},${home},${list},${key},${helper});`;
}

const isFieldKind = (member: Node): boolean => kindOf(member) === 'field';

/** Names of the decorated members in the order in which their decorators are called. */
export function callOrder(members: readonly Node[]): string[] {
  const decorated = members.filter(isDecorated);
  const rank = (m: Node): number => (isFieldKind(m) ? 2 : 0) + (m.static ? 0 : 1);
  return [0, 1, 2, 3].flatMap((r) => decorated.filter((m) => rank(m) === r).map((m) => m.decorated));
}

/** Whether new objects have initialisers to run that decorators of methods added. */
export const addsToInstances = (members: readonly Node[]): boolean =>
  members.some((m) => isDecorated(m) && !m.static && m.type.endsWith('Method'));

/** Code that passes a field's first value through its decorators' initialisers. */
export const initialValue = (member: Node, value: string): string =>
  isDecorated(member) ? `(yield* $.initial(${member.decorated},this,${value}))` : value;

/** A statement that runs, on `self`, initialisers that decorators added to a list. */
export const runAdded = (list: string, self: string): string => `yield* $.added(${list},${self});`;
