// One thread, one event loop, ten thousand connections open at once: each is served when it is readable.
import {
  type Connection,
  connect,
  listen,
  machine,
  now,
  onReadable,
  Process,
  print,
  processes,
  us,
} from 'interleave';

machine({ cores: 2, costs: 'modern' });

const count = 10_000;
const port = 80;
const listener = listen<number>(port, { backlog: count });

const server = new Process(
  () => {
    let open = 0;
    let most = 0;
    let served = 0;
    const serve = (connection: Connection<number>) => {
      const stop = onReadable(connection, () => {
        const request = connection.read();
        if (request !== null) {
          connection.write(request * 2);
          served++;
          return;
        }
        stop();
        connection.close();
        if (--open === 0) {
          print('served', served, 'requests, at most', most, 'connections open at once');
          stopListening();
        }
      });
    };
    const stopListening = onReadable(listener, () => {
      serve(listener.accept());
      most = Math.max(most, ++open);
    });
  },
  { name: 'server' },
);

const start = now();
const connections = Array.from({ length: count }, () => connect<number>(port));
let right = 0;
for (const [i, connection] of connections.entries()) connection.write(i);
for (const [i, connection] of connections.entries()) if (connection.read() === i * 2) right++;
print(right, 'right answers;', processes().length, 'processes');
for (const connection of connections) connection.close();
server.wait();
print('a request:', Math.round((now() - start) / count / us(1)), 'us');
