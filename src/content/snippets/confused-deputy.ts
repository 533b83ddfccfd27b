// A clerk with rights does what it is told.
// So whoever can talk to it has its rights.
import { connect, listen, Process, print } from 'interleave';

const door = listen<string>(1);

const clerk = new Process(
  () => {
    const files: Record<string, string> = {
      '/public/menu': 'soup, cake',
      '/private/wages': 'Ann 10, Ben 20',
    };
    const asker = door.accept();
    const path = asker.read() ?? '';
    asker.write(files[path] ?? 'no such file'); // it exists: nothing else is checked
    asker.close();
  },
  { name: 'clerk' },
);

const guest = new Process(
  () => {
    const service = connect<string>(1);
    service.write('/private/wages');
    print('a guest without any rights reads:', service.read());
  },
  { name: 'guest' },
);

guest.wait();
clerk.wait();
