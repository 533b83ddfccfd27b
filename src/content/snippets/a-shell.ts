// What a shell does with each line you type: make a child, let it become the program, wait.
import { exit, fork, print, waitpid } from 'interleave';

const programs: Record<string, () => number> = {
  greet: () => {
    print('hello');
    return 0;
  },
  fail: () => 1,
};

const run = (command: string) => {
  const pid = fork();
  if (pid === 0) exit(programs[command]?.() ?? 127);
  return waitpid(pid).code;
};

for (const command of ['greet', 'fail', 'gret']) print('$', command, '→ exit code', run(command));
