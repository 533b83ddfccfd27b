/**
 * Runs the book's snippets and compares what they print with their `.expect.json`.
 *
 *   node scripts/expect.ts [NAME…]           show what differs
 *   node scripts/expect.ts --write [NAME…]   record status, output and error of the run (read the difference before you commit it)
 */
import { writeFileSync } from 'node:fs';
import { expectationFile, readExpectation, runSnippet, snippetNames } from '../tests/lessons/expectation.ts';

const write = process.argv.includes('--write');
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
let different = 0;

for (const name of asked.length > 0 ? asked : snippetNames()) {
  const before = readExpectation(name);
  try {
    const { status, stdout, error, processes } = runSnippet(name);
    const exit = processes.find(({ pid }) => pid === 1)?.exit;
    const endedWell = status !== 'exited' || (exit?.code === 0 && exit.signal === null);
    const after = {
      status,
      ...(exit && !endedWell && { exit }),
      stdout: stdout.map(({ text }) => text),
      ...(before?.like && { like: before.like }),
      ...(error && {
        error: before?.error && error.message.includes(before.error) ? before.error : error.message,
      }),
      ...(before?.variants && { variants: before.variants }),
      ...(before?.explore && { explore: before.explore }),
    };
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    different++;
    console.log(`${name}\n  book: ${JSON.stringify(before)}\n  run:  ${JSON.stringify(after)}`);
    if (write) writeFileSync(expectationFile(name), `${JSON.stringify(after, null, 2)}\n`);
  } catch (error) {
    different++;
    console.log(`${name}\n  ${error instanceof Error ? error.message : error}`);
  }
}
process.exitCode = different > 0 && !write ? 1 : 0;
