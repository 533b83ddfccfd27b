// The banker lends only if, afterwards,
// there is still an order in which everybody can finish.
import { print } from 'interleave';

type Customer = { name: string; has: number; needs: number };

const orderThatFinishes = (free: number, customers: Customer[]): string[] | null => {
  const order: string[] = [];
  const waiting = [...customers];
  while (waiting.length > 0) {
    const next = waiting.findIndex((customer) => customer.needs - customer.has <= free);
    if (next < 0) return null;
    const [done] = waiting.splice(next, 1);
    free += done.has;
    order.push(done.name);
  }
  return order;
};

const judge = (what: string, order: string[] | null) => {
  const verdict = order ? `safe: ${order.join(', ')}` : 'unsafe: nobody can be sure to finish';
  print(what, verdict);
};

const ann = { name: 'Ann', has: 1, needs: 4 };
const ben = { name: 'Ben', has: 2, needs: 4 };
const cem = { name: 'Cem', has: 2, needs: 7 };

judge('2 ovens free:', orderThatFinishes(2, [ann, ben, cem]));
judge('after Cem takes 1:', orderThatFinishes(1, [ann, ben, { ...cem, has: 3 }]));
