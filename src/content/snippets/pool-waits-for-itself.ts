// Two workers, two jobs, and each job waits
// for a job it has put into the same queue.
import { Channel, print, Thread } from 'interleave';

const jobs = new Channel<() => void>(8);

for (let i = 1; i <= 2; i++)
  new Thread(
    () => {
      for (const job of jobs) job();
    },
    { name: `worker ${i}` },
  );

const submit = <T>(job: () => T) => {
  const answer = new Channel<T>(1);
  jobs.send(() => answer.send(job()));
  return answer;
};

const outer = (name: string) => () => {
  const inner = submit(() => `${name} done`);
  return inner.receive(); // waits for a free worker, and is one itself
};

const both = [submit(outer('left')), submit(outer('right'))];
for (const answer of both) print(answer.receive());
jobs.close();
