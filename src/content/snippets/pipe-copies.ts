// What goes through a pipe is a copy: the kernel carries bytes, not objects.
import { Process, pipe, print } from 'interleave';

const [reader, writer] = pipe<{ table: number; dishes: string[] }>();

const kitchen = new Process(() => {
  const order = reader.read()!;
  order.dishes.push('a mint on the house');
  print('the kitchen has', order.dishes.join(', '));
});

const order = { table: 4, dishes: ['soup'] };
writer.write(order);
kitchen.wait();

print('the waiter has ', order.dishes.join(', '));
