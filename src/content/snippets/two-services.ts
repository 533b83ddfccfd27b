// A shop asks a recommendation service.
// The service falls; the shop goes on with less.
import { connect, listen, machine, Process, poke, print } from 'interleave';

machine({ cores: 1 });

const door = listen<string>(80);
const recommender = new Process(
  () => {
    for (let visits = 1; ; visits++) {
      const customer = door.accept();
      const name = customer.read();
      if (visits === 2) poke(0, 1); // falls while serving the second customer
      customer.write(`${name} may like tea`);
      customer.close();
    }
  },
  { name: 'recommender' },
);
door.close();

const recommend = (name: string) => {
  try {
    const service = connect<string>(80);
    service.write(name);
    return service.read() ?? 'no recommendation today';
  } catch {
    return 'no recommendation today';
  }
};

for (const name of ['Ada', 'Bob', 'Cleo']) {
  print('shop page for', `${name}:`, recommend(name));
}
print('the recommender ended by', recommender.wait().signal);
