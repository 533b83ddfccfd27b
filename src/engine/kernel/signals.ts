import { SystemError } from './errors.ts';

/** What a process does with a signal: a function of the program, nothing, or the default. */
export type SignalAction = SignalHandler | 'ignore' | 'default';

/** A function of the program. `address`: of the access that failed, for a fault. */
export type SignalHandler = (name: string, address?: number) => void;

/** What happens by default. */
type Default = 'terminate' | 'ignore' | 'stop' | 'continue';

/** The signals there are and their default actions (POSIX.1-2017, `signal.h`). */
const DEFAULTS: Readonly<Record<string, Default>> = {
  SIGHUP: 'terminate',
  SIGINT: 'terminate',
  SIGQUIT: 'terminate',
  SIGABRT: 'terminate',
  SIGFPE: 'terminate',
  SIGKILL: 'terminate',
  SIGSEGV: 'terminate',
  SIGPIPE: 'terminate',
  SIGALRM: 'terminate',
  SIGTERM: 'terminate',
  SIGUSR1: 'terminate',
  SIGUSR2: 'terminate',
  SIGCHLD: 'ignore',
  SIGCONT: 'continue',
  SIGSTOP: 'stop',
};

/** The default action. @throws SystemError `EINVAL` for a signal that does not exist. */
export function defaultAction(signal: string): Default {
  const action = DEFAULTS[signal];
  if (action) return action;
  throw new SystemError(
    'EINVAL',
    `there is no signal '${signal}'; the signals are ${Object.keys(DEFAULTS).join(', ')}`,
  );
}

/** Signals nobody can catch, ignore or block. */
export function isUncatchable(signal: string): boolean {
  return signal === 'SIGKILL' || signal === 'SIGSTOP';
}
