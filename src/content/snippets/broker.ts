// The renderer may do nothing but ask.
// The broker has the rights, and checks each request.
import { connect, listen, Process, print } from 'interleave';

const door = listen<string>(1);

const broker = new Process(
  () => {
    const files: Record<string, string> = {
      '/public/menu': 'soup, cake',
      '/private/wages': 'secret',
    };
    for (let i = 0; i < 3; i++) {
      const asker = door.accept();
      const path = asker.read() ?? '';
      const allowed = path.startsWith('/public/') && !path.includes('..');
      asker.write(allowed ? (files[path] ?? 'no such file') : 'refused');
      asker.close();
    }
  },
  { name: 'broker' },
);

const renderer = new Process(
  () => {
    const wishes = ['/public/menu', '/private/wages', '/public/../private/wages'];
    for (const path of wishes) {
      const service = connect<string>(1);
      service.write(path);
      print(path, '→', service.read());
      service.close();
    }
  },
  { name: 'renderer' },
);

renderer.wait();
broker.wait();
