/** Programs run by Node itself. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MAX_BUFFER = 1 << 26;

/**
 * What Node prints for a TypeScript module with only types to take out. Errors have no stack there, as in a snippet, where it would
 * be the machine's. Throws where the program does not end well.
 */
export async function printedByNode(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'in-node-'));
  try {
    const file = join(folder, 'program.ts');
    await writeFile(file, source);
    const options = ['--no-warnings', '--stack-trace-limit=0', file];
    const { stdout } = await promisify(execFile)(process.execPath, options, { maxBuffer: MAX_BUFFER });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
