// A server and two clients that know nothing of each other but a number.
import { connect, listen, machine, Process, print } from 'interleave';

machine({ cores: 1 });

const door = listen(7);

const server = new Process(
  () => {
    for (let i = 0; i < 2; i++) {
      const client = door.accept();
      for (let text = client.read(); text !== null; text = client.read()) client.write(text.toUpperCase());
      client.close();
    }
  },
  { name: 'server' },
);

const client = (text: string) => {
  const server = connect(7);
  server.write(text);
  print(text, '→', server.read());
  server.close();
};

client('hello');
client('is this a pipe?');
server.wait();
