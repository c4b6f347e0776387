/** What a browser must load and run before anything is seen, measured as it is built. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const client = path.resolve('dist/client');
const mostBytes = 250_000;

it('the first JavaScript is under 250 kB gzipped', async () => {
  const page = await readFile(path.join(client, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file = '']) => file);
  const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(path.join(client, file))).length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(scripts.length).toBeGreaterThan(1);
  expect(total, `${total} bytes in ${scripts.length} files`).toBeLessThan(mostBytes);
});
