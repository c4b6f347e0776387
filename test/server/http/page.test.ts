import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { community } from '../../../shared/contracts/community.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf } from './answer.js';

const page = '<html lang="__LANG__"><meta name="csp-nonce" content="__CSP_NONCE__"><title>__TITLE__</title><meta name="description" content="__DESCRIPTION__"></html>';

let folder: string;
let house: House;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-client-'));
  const clientDir = path.join(folder, 'client');
  await mkdir(path.join(clientDir, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'secret.txt'), 'not for anyone');
  await writeFile(path.join(clientDir, 'index.html'), page);
  await writeFile(path.join(clientDir, 'assets/main-abc123.js'), 'start();');
  house = await openHouse({ clientDir });
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the page', () => {
  it('puts what people wrote into its head as text, whatever they wrote', async () => {
    const organizer = await house.guest({ role: 'organizer' });
    const saved = await organizer.ask(community.save, { name: '</title><script>alert(1)</script>', tagline: `"> <img src=x onerror='alert(1)'> __CSP_NONCE__ $& $1 &amp;` });
    expect(saved.ok).toBe(true);
    const html = await (await fetch(`${house.url}/rooms`)).text();
    expect(html).toContain('<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>');
    expect(html).toContain('content="&quot;&gt; &lt;img src=x onerror=&#39;alert(1)&#39;&gt; __CSP_NONCE__ $&amp; $1 &amp;amp;"');
    expect(html).not.toMatch(/<script|<img/);
  });

  it('carries the nonce of its own policy, a new one each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(`${house.url}/`);
        const nonce = /csp-nonce" content="([^"]+)"/.exec(await response.text())?.[1] ?? 'none';
        expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it('answers every path that is no file’s, and is never kept', async () => {
    for (const at of ['/', '/rooms', '/workshops/nothing', '/%7Bx%7D', '/rooms/..%2f', '//elsewhere.example/']) {
      const response = await fetch(`${house.url}${at}`);
      expect([response.status, response.headers.get('cache-control')], at).toEqual([200, 'no-cache']);
    }
  });

  it('is not the answer to a broken path, a POST, or a connection’s requests', async () => {
    expect(await codeOf(await fetch(`${house.url}/rooms`, { method: 'POST' }))).toBe('route.not_found');
    const refused = await fetch(`${house.url}/socket.io/?EIO=4&transport=nothing`);
    expect([refused.status, await refused.json()]).toEqual([400, { code: 0, message: 'Transport unknown' }]);
  });
});

describe('a built file', () => {
  it('is kept for ever under its hashed name', async () => {
    const response = await fetch(`${house.url}/assets/main-abc123.js`);
    expect([await response.text(), response.headers.get('cache-control')]).toEqual(['start();', 'public, max-age=31536000, immutable']);
  });

  it('that is not there is not found, and nothing outside the folder is', async () => {
    for (const at of ['/assets/main-0ld.js', '/assets/', '/assets/nothing/main.js', '/assets/.env']) expect(await codeOf(await fetch(`${house.url}${at}`)), at).toBe('route.not_found');
    for (const at of ['/assets/..%2f..%2fsecret.txt', '/assets/%E0%A4%A', '/assets/%00']) expect(await codeOf(await fetch(`${house.url}${at}`)), at).toBe('input.invalid');
    expect(await (await fetch(`${house.url}/..%2fsecret.txt`)).text()).not.toContain('not for anyone');
  });
});
