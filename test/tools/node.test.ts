/** Which Node the house runs on, and how. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { serverFlags } from '../support/processes.js';
import { requireNode } from '../../tools/setup/node.mjs';

describe('the Node that is asked for', () => {
  it.each(['20.19.0', '22.0.0', '24.11.1'])('may be %s', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(['20.18.3', '18.20.8'])('may not be %s, and the refusal says what would do', (version) => {
    expect(() => requireNode(version)).toThrow(new RegExp(`20\\.19 or newer.*${version.replaceAll('.', '\\.')}.*nodejs\\.org`));
  });
});

it.each([
  ['npm start', 'tools/start.mjs', `[${serverFlags.map((flag) => `'${flag}'`).join(', ')}]`],
  ['a container', 'Dockerfile', `CMD [${['node', ...serverFlags, 'dist/server/main.js'].map((part) => `"${part}"`).join(', ')}]`],
])('is run by %s as it is tested and measured', async (_by, file, line) => {
  expect(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')).toContain(line);
});
