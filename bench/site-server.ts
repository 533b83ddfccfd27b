import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** A page that is not part of the site, by its address. */
export type ExtraPages = Readonly<Record<string, string>>;

/** Serve the built site, compressed as a host would, and some pages beside it. Resolves to the server and its address. */
export async function serveSite(
  folder: string,
  extra: ExtraPages,
): Promise<{ readonly server: Server; readonly root: string }> {
  const compressed = new Map<string, Buffer>();
  const bodyOf = (path: string): Buffer | null => {
    const page = extra[path];
    if (page !== undefined) return gzipSync(page);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (!existsSync(file) || !statSync(file).isFile()) return null;
    return gzipSync(readFileSync(file));
  };
  const server = createServer(({ url = '/' }, answer) => {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    const body = compressed.get(path) ?? bodyOf(path);
    if (!body) return void answer.writeHead(404).end();
    compressed.set(path, body);
    const type = types[extname(path)] ?? types['.html'];
    answer.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { server, root: `http://127.0.0.1:${address.port}` };
}
