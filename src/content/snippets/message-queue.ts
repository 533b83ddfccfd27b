// A queue with a name: strangers can meet at it, and each message arrives whole.
import { MessageQueue, machine, Process, print } from 'interleave';

machine({ cores: 1 });

type Order = { table: number; dish: string };

const waiter = (table: number) =>
  new Process(() => {
    const orders = new MessageQueue<Order>('orders');
    orders.send({ table, dish: 'soup' });
    orders.send({ table, dish: 'cake' });
  });

const kitchen = new Process(() => {
  const orders = new MessageQueue<Order>('orders');
  for (let i = 0; i < 4; i++) {
    const { table, dish } = orders.receive();
    print('table', table, dish);
  }
});

for (const child of [waiter(1), waiter(2), kitchen]) child.wait();
