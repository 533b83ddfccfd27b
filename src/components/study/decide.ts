/** The decision guide: five questions, and the rules that turn their answers into advice with reasons. Data, and one pure function. */

/** A question, its answers in the order shown. The keys are what rules speak of. */
export interface GuideQuestion {
  readonly key: keyof Answers;
  readonly question: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** One answer to each question. */
export interface Answers {
  readonly author: 'ours' | 'shaky' | 'stranger';
  readonly work: 'computes' | 'waits' | 'both';
  readonly load: 'one' | 'hundreds' | 'thousands';
  readonly data: 'apart' | 'together' | 'teams';
  readonly language: 'parallel' | 'lock' | 'loop';
}

export const QUESTIONS: readonly GuideQuestion[] = [
  {
    key: 'author',
    question: 'Whose code runs, and on whose bytes?',
    answers: {
      ours: 'Our own, on data we trust',
      shaky: 'A library or plug-in that may crash, hang or leak',
      stranger: 'A stranger’s, or it parses what strangers send',
    },
  },
  {
    key: 'work',
    question: 'What does a piece of work do most of the time?',
    answers: {
      computes: 'It computes',
      waits: 'It waits: for a network, a disk, a person',
      both: 'Some of both',
    },
  },
  {
    key: 'load',
    question: 'How much is going on at once?',
    answers: {
      one: 'One thing after the other is fast enough',
      hundreds: 'Up to some hundreds of things',
      thousands: 'Thousands, most of them idle',
    },
  },
  {
    key: 'data',
    question: 'What do the pieces need in common?',
    answers: {
      apart: 'Next to nothing',
      together: 'The same large data, in memory',
      teams: 'Little, and different teams own and replace them',
    },
  },
  {
    key: 'language',
    question: 'What can threads do in your language?',
    answers: {
      parallel: 'Compute in parallel: C, C++, Rust, Go, Java, C#',
      lock: 'Take turns under an interpreter lock: most Python, Ruby',
      loop: 'Share no objects: JavaScript',
    },
  },
];

/** Where in the book something is shown. */
export interface Proof {
  readonly text: string;
  readonly link: string;
}

/** What a rule says where it applies. */
export interface Advice {
  readonly part: 'wall' | 'inside' | 'number' | 'mind';
  readonly take: string;
  readonly because: string;
  readonly proof: Proof;
}

/** A rule applies where every answer it names is among those it allows. */
export interface Rule extends Advice {
  readonly when: { readonly [K in keyof Answers]?: readonly Answers[K][] };
}

const proof = (text: string, link: string): Proof => ({ text, link: `/learn/${link}` });
const several = ['hundreds', 'thousands'] as const;

/** Of `wall`, `inside` and `number` the first rule that applies is taken; of `mind` all are. */
export const RULES: readonly Rule[] = [
  {
    part: 'wall',
    when: { author: ['stranger'] },
    take: 'A sandboxed process for the strangers’ part. A small virtual machine around it if it is a whole program.',
    because:
      'It may be hostile. It must not be able to ask the kernel for anything, and you must be able to kill it.',
    proof: proof('Sandboxes', 'how-much-wall/#sandboxes'),
  },
  {
    part: 'wall',
    when: { author: ['shaky'] },
    take: 'A process of its own for the part that may fall, with limits and a supervisor.',
    because:
      'In your process its fault would be yours. A process can be killed at any moment and started again.',
    proof: proof('A supervisor', 'when-one-falls/#supervisor'),
  },
  {
    part: 'wall',
    when: { data: ['teams'] },
    take: 'A service for each part: processes with a network between them.',
    because: 'What is owned, replaced and scaled separately needs a wall that may stand between machines.',
    proof: proof('Microservices', 'five-ways-to-serve/#microservices'),
  },
  {
    part: 'wall',
    when: {},
    take: 'No wall inside: all of it may be one process, as far as trust is concerned.',
    because:
      'A wall costs memory, copies and crossings. Against your own code on trusted data it keeps out accidents only.',
    proof: proof('The price of walls', 'when-one-falls/#the-price-of-walls'),
  },

  {
    part: 'inside',
    when: { load: ['one'] },
    take: 'One thread.',
    because: 'It is fast enough. One thread has no races and no deadlocks, and a test of it says something.',
    proof: proof('Why tests miss races', 'without-a-lock/#tests-miss-races'),
  },
  {
    part: 'inside',
    when: { work: ['computes'], language: ['lock'], data: ['together'] },
    take: 'Worker processes over shared memory, or a library that computes without the lock, or a free-threaded build.',
    because:
      'Threads would take turns at computing, and sending the data to processes costs more than the work.',
    proof: proof('The interpreter lock', 'cpu-bound-io-bound/#interpreter-lock'),
  },
  {
    part: 'inside',
    when: { work: ['computes'], language: ['lock'] },
    take: 'A pool of worker processes.',
    because:
      'Threads would take turns at computing under the interpreter lock. Each process has a lock of its own.',
    proof: proof('One lock each', 'cpu-bound-io-bound/#snippet-interpreter-lock'),
  },
  {
    part: 'inside',
    when: { work: ['computes'], language: ['loop'], data: ['together'] },
    take: 'Workers over one SharedArrayBuffer, beside the loop.',
    because: 'JavaScript’s threads share raw bytes and no objects. What they both write there needs atomics.',
    proof: proof('Shared memory', 'talking-across-walls/#shared-memory'),
  },
  {
    part: 'inside',
    when: { work: ['computes'], language: ['loop'] },
    take: 'A pool of workers, beside the loop.',
    because:
      'Whatever computes on the loop holds up everything else. A worker is a thread with a core of its own.',
    proof: proof('The report in a thread', 'the-event-loop/#snippet-report-in-a-thread'),
  },
  {
    part: 'inside',
    when: { work: ['computes'], data: ['together'] },
    take: 'Threads over the common data.',
    because: 'They look into it by pointing. Carrying it through a wall would cost more than the work.',
    proof: proof('Look at it, or send it', 'five-ways-to-serve/#snippet-table-in-memory'),
  },
  {
    part: 'inside',
    when: { work: ['computes'] },
    take: 'A pool of threads. Processes do as well, if a piece takes milliseconds or more.',
    because:
      'The pieces share nothing, so there is little to lock. With long pieces a wall costs next to nothing and gives you restarts.',
    proof: proof('Eight tasks, two ways', 'when-one-falls/#snippet-price-of-walls'),
  },
  {
    part: 'inside',
    when: { work: ['waits'], load: ['thousands'], language: ['parallel'] },
    take: 'User threads where the language has them (Go, Java since 21), otherwise an event loop.',
    because:
      'A thousand waits should cost a thousand small objects and not a thousand stacks of the kernel’s.',
    proof: proof('Many tasks over few threads', 'fibers-and-coroutines/#m-to-n'),
  },
  {
    part: 'inside',
    when: { work: ['waits'], load: ['thousands'] },
    take: 'An event loop.',
    because:
      'A waiting request is an object and not a stack, and one thread can wait for all of them at once.',
    proof: proof('One thread, many guests', 'the-event-loop/#snippet-one-thread-many-guests'),
  },
  {
    part: 'inside',
    when: { work: ['waits'], language: ['loop'] },
    take: 'The event loop you have: start everything, then wait for all of it.',
    because: 'The devices do the waiting at the same time. The thread only asks and is told.',
    proof: proof('Ask for all, then wait', 'the-event-loop/#snippet-all-at-once'),
  },
  {
    part: 'inside',
    when: { work: ['waits'] },
    take: 'Threads, or a pool of them.',
    because:
      'The code reads from top to bottom, and a few hundred stacks are affordable. Whoever waits needs no core, and no interpreter lock.',
    proof: proof('Whoever waits lets go', 'cpu-bound-io-bound/#snippet-interpreter-lock-waiting'),
  },
  {
    part: 'inside',
    when: { language: ['loop'] },
    take: 'The loop for what waits, a pool of workers for what computes.',
    because: 'The loop is good at waiting and helpless while it computes.',
    proof: proof('Blocking the loop', 'the-event-loop/#blocking-the-loop'),
  },
  {
    part: 'inside',
    when: { language: ['lock'] },
    take: 'Threads or a loop for what waits, a pool of processes for what computes.',
    because:
      'A thread that computes keeps the interpreter lock for its slice, and all who only wanted to send a few bytes queue behind it.',
    proof: proof('Waiting with threads', 'cpu-bound-io-bound/#waiting-with-threads'),
  },
  {
    part: 'inside',
    when: {},
    take: 'A loop or threads for what waits, a bounded pool of threads for what computes.',
    because:
      'Each part then has as many threads as it needs: the first by its waits, the second by your cores.',
    proof: proof('Systems you know', 'five-ways-to-serve/#systems'),
  },

  {
    part: 'number',
    when: { load: ['one'] },
    take: 'One, until a measurement says otherwise.',
    because: 'Find out first where the time goes. Waiting and computing ask for different cures.',
    proof: proof('Where the time goes', 'cpu-bound-io-bound/#where-the-time-goes'),
  },
  {
    part: 'number',
    when: { work: ['computes'] },
    take: 'About as many workers as cores.',
    because: 'More only take turns. And the share that must be done alone has the last word.',
    proof: proof('A fifth alone', 'cpu-bound-io-bound/#snippet-amdahl'),
  },
  {
    part: 'number',
    when: { work: ['both'] },
    take: 'One worker for each core behind a bounded queue, and a bound on what waits.',
    because: 'When more comes in than goes out, a queue without a bound only makes every answer late.',
    proof: proof('A pool of eight', 'five-ways-to-serve/#snippet-serve-pool'),
  },
  {
    part: 'number',
    when: { load: ['thousands'] },
    take: 'One loop for each core, each in a process or thread.',
    because: 'One loop uses one core. With several, one crash takes down a share and not everything.',
    proof: proof('A loop on each core', 'five-ways-to-serve/#snippet-serve-prefork-loops'),
  },
  {
    part: 'number',
    when: {},
    take: 'Cores × (1 + wait / compute) as a first guess, bounded by what is behind.',
    because: 'So many are needed to keep the cores busy. The database may be able to serve far fewer.',
    proof: proof('From 1 thread to 48', 'cpu-bound-io-bound/#snippet-how-many-threads'),
  },

  {
    part: 'mind',
    when: { author: ['stranger'] },
    take: 'Keep secrets in another process.',
    because: 'What was never in its memory cannot be read out of it, except by the clock.',
    proof: proof('Side channels', 'how-much-wall/#side-channels'),
  },
  {
    part: 'mind',
    when: { author: ['shaky', 'stranger'] },
    take: 'Talk across the wall in few and large messages.',
    because: 'Each crossing is a copy, two calls of the kernel and usually a switch.',
    proof: proof('What it costs', 'talking-across-walls/#what-it-costs'),
  },
  {
    part: 'mind',
    when: { data: ['teams'] },
    take: 'Give each call a time limit and a plan for its end.',
    because: 'A call over a network may be lost, slow, or carried out without your knowing.',
    proof: proof('A shop and its adviser', 'five-ways-to-serve/#snippet-two-services'),
  },
  {
    part: 'mind',
    when: { data: ['together'], load: several, language: ['parallel', 'lock'] },
    take: 'One lock for each piece of data that several threads change, and one order for all locks.',
    because: 'Whatever two of them can reach and one of them changes needs a rule.',
    proof: proof('Agree on an order', 'stuck/#lock-order'),
  },
  {
    part: 'mind',
    when: { work: ['waits', 'both'], load: several, language: ['loop'] },
    take: 'Decide and act on the same side of an await.',
    because: 'Between two awaits you are alone. Across one, everything may have changed.',
    proof: proof('Lost across an await', 'the-event-loop/#snippet-lost-across-an-await'),
  },
  {
    part: 'mind',
    when: { work: ['waits'], load: ['thousands'] },
    take: 'Where it is a loop, nothing may block it.',
    because: 'One blocking call, or one long computation, and everybody waits.',
    proof: proof('One call blocks all', 'fibers-and-coroutines/#snippet-one-call-blocks-all'),
  },
  {
    part: 'mind',
    when: { load: several },
    take: 'Bound every queue, and decide what happens when it is full.',
    because: 'That is the difference between a slow minute and an hour without answers.',
    proof: proof('Thread pools', 'cpu-bound-io-bound/#thread-pools'),
  },
];

/** What to take and what to mind, in the order of reading; always a wall, an inside and a number. */
export function decide(answers: Answers): Advice[] {
  const applies = ({ when }: Rule) =>
    Object.entries(when).every(([key, allowed]) =>
      (allowed as readonly string[]).includes(answers[key as keyof Answers]),
    );
  const applicable = RULES.filter(applies);
  return applicable.filter(
    (rule) => rule.part === 'mind' || rule === applicable.find(({ part }) => part === rule.part),
  );
}
