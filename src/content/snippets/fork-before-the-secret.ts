// The safest secret is the one a process never had.
import { machine, ms, Process, print, sleep } from 'interleave';

machine({ cores: 1 });

let password = '';
const look = (name: string) => () => {
  sleep(ms(1));
  print(name, 'sees', password || 'nothing');
};

const early = new Process(look('the early child'));
password = 'correct horse';
const late = new Process(look('the late child'));

early.wait();
late.wait();
