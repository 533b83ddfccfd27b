// 200 requests at once: how many a second does each way serve?
import { Channel, compute, io, ioAsync, machine, ms, now, Process, print, Thread } from 'interleave';

machine({ cores: 2 });

const requests = Array.from({ length: 200 }, (_, i) => i);

const handle = (i: number) => {
  compute(ms(0.1));
  io(ms(2), `query ${i}`);
};
const handleLater = async (i: number) => {
  compute(ms(0.1));
  await ioAsync(ms(2), `query ${i}`);
};
const loop = (mine: number[]) => Promise.all(mine.map(handleLater));

const processes = (bodies: (() => void)[]) => {
  for (const each of bodies.map((body) => new Process(body))) each.wait();
};
const threads = (bodies: (() => void)[]) => {
  for (const each of bodies.map((body) => new Thread(body))) each.join();
};
const queue = new Channel<number>(200);
for (const i of requests) queue.send(i);
queue.close();
const worker = () => {
  for (const i of queue) handle(i);
};

const rate = async (way: string, serve: () => unknown) => {
  const start = now();
  await serve();
  print(way, Math.round((requests.length / (now() - start)) * ms(1000)), 'a second');
};
const [odd, even] = [1, 0].map((rest) => requests.filter((i) => i % 2 === rest));
await rate('a process each:', () => processes(requests.map((i) => () => handle(i))));
await rate('a thread each: ', () => threads(requests.map((i) => () => handle(i))));
await rate('a pool of 8:   ', () => threads(Array.from({ length: 8 }, () => worker)));
await rate('one loop:      ', () => loop(requests));
await rate('two loops:     ', () => processes([() => void loop(odd), () => void loop(even)]));
