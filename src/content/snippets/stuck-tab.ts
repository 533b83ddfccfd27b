// A loop that never ends is not a crash. Somebody has to decide to end it.
import { machine, ms, Process, print, processes, sleep } from 'interleave';

machine({ cores: 1 });

const tab = new Process(
  () => {
    while (true) {}
  },
  { name: 'stuck' },
);
const stateOfTab = () => processes().find(({ pid }) => pid === tab.pid)?.state;

for (let i = 1; i <= 3; i++) {
  sleep(ms(10));
  print('after', i * 10, 'ms the tab is', stateOfTab());
}

tab.kill('SIGKILL'); // the button “close this page”
print('and now it ended by', tab.wait().signal);
