// The child ended long ago. Its status is kept until somebody asks.
import { exit, fork, ms, print, processes, sleep, waitpid } from 'interleave';

const child = fork();
if (child === 0) exit(7);

sleep(ms(5));
print('before:', processes().find(({ pid }) => pid === child)?.state);

const { code } = waitpid(child);
print('it had left the number', code);
print('after: ', processes().find(({ pid }) => pid === child)?.state ?? 'no such process');
