import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { nextPath } from '../../client/members/nextPath.js';

beforeAll(() => void vi.stubGlobal('location', { origin: 'https://guild.example' }));
afterAll(() => void vi.unstubAllGlobals());

const after = (next: string): string => nextPath(`?${new URLSearchParams({ next }).toString()}`);

it('Redirect tricks: whoever signs in stays on this site, at the page they asked for', () => {
  for (const next of ['/orders/1?a=b#c', 'https://guild.example/orders/1?a=b#c']) expect(after(next)).toBe('/orders/1?a=b#c');
  expect(nextPath('')).toBe('/');
  for (const next of ['https://evil.example/x', '//evil.example/x', '/\\evil.example/x', '\\\\evil.example', 'https://guild.example@evil.example/', 'javascript:alert(1)', 'data:text/html,x', 'https://guild.example.evil.example']) expect(after(next), next).toBe('/');
  // The path of an address of this site must not name a host by itself.
  for (const next of ['/.//evil.example/x', '/a/..//evil.example/x', 'https://guild.example//evil.example/x']) expect(after(next), next).toBe('/evil.example/x');
});
