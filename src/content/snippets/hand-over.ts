// Between threads, a message can be the object itself: nothing is copied, only handed over.
import { Channel, print, Thread } from 'interleave';

type Order = { table: number; dishes: string[] };
const pass = new Channel<Order>(1);

const kitchen = new Thread(() => {
  pass.receive()!.dishes.push('a mint on the house');
});

const order = { table: 4, dishes: ['soup'] };
pass.send(order);
kitchen.join();

print('the waiter has', order.dishes.join(', '));
