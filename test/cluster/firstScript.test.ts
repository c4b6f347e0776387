/** What a browser must load and run before anything is seen, measured as it is built. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const client = path.resolve('dist/client');
const assets = path.join(client, 'assets');
const mostBytes = 250_000;

/** Adds a built script, and all it cannot run without, to those that are loaded: gzipped bytes by file name. */
async function load(file: string, loaded: Map<string, number>): Promise<void> {
  if (loaded.has(file)) return;
  loaded.set(file, 0);
  const script = await readFile(path.join(assets, file));
  loaded.set(file, gzipSync(script).length);
  for (const [, needed = ''] of script.toString().matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) await load(needed, loaded);
}

/** The scripts of the page itself. */
async function loadPage(): Promise<Map<string, number>> {
  const loaded = new Map<string, number>();
  const page = await readFile(path.join(client, 'index.html'), 'utf8');
  for (const [, file = ''] of page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)) await load(file, loaded);
  return loaded;
}

/** The built script of a module that is loaded when it is needed. */
async function chunkOf(module: string): Promise<string> {
  const chunks = (await readdir(assets)).filter((file) => file.startsWith(`${module}-`) && file.endsWith('.js'));
  expect(chunks, module).toHaveLength(1);
  return chunks[0] ?? '';
}

function expectSmall(loaded: Map<string, number>): void {
  const total = [...loaded.values()].reduce((sum, size) => sum + size, 0);
  expect(total, `${total} bytes: ${JSON.stringify([...loaded].toSorted(([, one], [, other]) => other - one))}`).toBeLessThan(mostBytes);
}

it('the first JavaScript is under 250 kB gzipped', async () => {
  const loaded = await loadPage();
  expect(loaded.size).toBeGreaterThan(1);
  expectSmall(loaded);
});

it.each(['en', 'zh-CN'])('and so is all that a member’s Home needs, with its words in %s', async (language) => {
  const loaded = await loadPage();
  const first = loaded.size;
  for (const module of ['AppFrame', 'HomePage', language]) await load(await chunkOf(module), loaded);
  expect(loaded.size).toBeGreaterThan(first + 3);
  expectSmall(loaded);
});
