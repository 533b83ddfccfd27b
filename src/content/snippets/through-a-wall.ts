// One question, one answer:
// within a function, between threads, between processes.
import { assert, Channel, machine, now, Process, pipe, print, Thread } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const answer = (question: number) => 2 * question;
const times = 100;
const time = (ask: (question: number) => number | null) => {
  const start = now();
  for (let i = 0; i < times; i++) assert(ask(i) === 2 * i);
  return Math.round((now() - start) / times);
};

const questions = new Channel<number>(1);
const answers = new Channel<number>(1);
new Thread(() => {
  for (const question of questions) answers.send(answer(question));
});

const [inbox, toServer] = pipe<number>();
const [outbox, toClient] = pipe<number>();
const server = new Process(() => {
  for (const question of inbox) toClient.write(answer(question));
});

const askThread = (i: number) => {
  questions.send(i);
  return answers.receive();
};
const askProcess = (i: number) => {
  toServer.write(i);
  return outbox.read();
};

print('a function:', time(answer), 'ns');
print('a thread:  ', time(askThread), 'ns');
print('a process: ', time(askProcess), 'ns');
questions.close();
server.kill();
