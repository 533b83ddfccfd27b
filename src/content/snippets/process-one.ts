// Two servers in containers are asked to stop. One has never thought of it.
import { Container, exit, machine, ms, Process, print, processes, signal, sleep } from 'interleave';

machine({ cores: 1 });

const stop = (name: string, isCareful: boolean) => {
  const server = new Process(
    () => {
      if (isCareful) signal('SIGTERM', () => exit(0));
      new Process(() => sleep(ms(50)), { name: 'helper' });
      sleep(ms(50));
    },
    { name, container: new Container({ name, privatePids: true }) },
  );
  sleep(ms(1));
  server.kill('SIGTERM');
  sleep(ms(10)); // time to put things in order
  server.kill('SIGKILL');
  const { code, signal: by } = server.wait();
  print(name, by === null ? `left with code ${code}` : `was ended by ${by}`);
  print('processes left, with me:', processes().length);
};

stop('careful', true);
stop('careless', false);
