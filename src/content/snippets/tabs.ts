// A tiny browser: a process for each site.
import { compute, machine, ms, Process, poke, print } from 'interleave';

machine({ cores: 1 });

const open = (site: string, draw: () => void) => ({ site, renderer: new Process(draw, { name: site }) });

const tabs = [
  open('news.example', () => {
    compute(ms(2));
    print('news is drawn');
  }),
  open('bad.example', () => {
    compute(ms(1));
    poke(0, 1);
  }),
  open('mail.example', () => {
    compute(ms(3));
    print('mail is drawn');
  }),
];

for (const { site, renderer } of tabs) {
  const { signal } = renderer.wait();
  print(site, signal ? `crashed (${signal}), reload?` : 'is fine');
}
