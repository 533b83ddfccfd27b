// Two threads wake each other by two semaphores: what a wait and a wake-up cost.
import { machine, now, print, Semaphore, Thread } from 'interleave';

machine({ cores: 1, costs: 'modern', quantum: 100_000_000 });

const rounds = 200;
const ping = new Semaphore(0);
const pong = new Semaphore(0);

const echo = new Thread(() => {
  for (let i = 0; i <= rounds; i++) {
    ping.acquire();
    pong.release();
  }
});

ping.release();
pong.acquire();

const start = now();
for (let i = 0; i < rounds; i++) {
  ping.release();
  pong.acquire();
}
print('one way:', Math.round((now() - start) / rounds / 2), 'ns');
echo.join();
