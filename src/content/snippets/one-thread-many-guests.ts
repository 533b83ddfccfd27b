// One thread serves three connections:
// it asks the kernel which of them have something to say.
import { connect, listen, machine, poll, print, sleep, Thread, us } from 'interleave';

machine({ cores: 2 });

const door = listen<string>(80);
const guest = (name: string, pause: number) =>
  new Thread(() => {
    const table = connect<string>(80);
    sleep(us(pause));
    table.write(`${name} orders after ${pause} µs`);
    table.close();
  });
guest('Ann', 300);
guest('Ben', 100);
guest('Cem', 200);

let tables = [door.accept(), door.accept(), door.accept()];
while (tables.length > 0) {
  for (const table of poll(tables)) {
    const order = table.read();
    if (order) print(order);
    else tables = tables.filter((other) => other !== table);
  }
}
