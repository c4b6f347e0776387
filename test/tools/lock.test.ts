/** The lock that keeps two set-ups of one checkout apart, with real processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../tools/setup/lock.mjs';

const lockModule = new URL('../../tools/setup/lock.mjs', import.meta.url).href;

/** Takes the lock, says so, and holds it until its stdin ends. */
const program = `
  import { withLock } from ${JSON.stringify(lockModule)};
  await withLock(process.argv[1], async () => {
    console.log('inside');
    for await (const _ of process.stdin) {}
  });
  console.log('outside');
`;

describe('the set-up lock', () => {
  let name = '';
  let holders: ChildProcess[] = [];

  beforeEach(() => {
    name = `test-${randomUUID()}`;
    holders = [];
  });
  afterEach(() => {
    for (const holder of holders) holder.kill('SIGKILL');
  });

  async function startHolder(): Promise<ChildProcess> {
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program, name], { stdio: ['pipe', 'pipe', 'inherit'] });
    holders.push(holder);
    if (!holder.stdout) throw new Error('The holder has no stdout.');
    const [line] = (await once(createInterface(holder.stdout), 'line')) as [string];
    expect(line).toBe('inside');
    return holder;
  }

  it('lets the second in when the first is out, and not before', async () => {
    const holder = await startHolder();
    const order: string[] = [];
    let polls = 0;
    const second = withLock(
      name,
      () => Promise.resolve(order.push('second inside')),
      () => {
        polls += 1;
        // It has looked twice and found the lock taken: now the first may go.
        if (polls === 2) {
          order.push('first leaves');
          holder.stdin?.end();
        }
      },
    );
    await second;
    expect(order).toEqual(['first leaves', 'second inside']);
  });

  it('is taken over from a process that was killed', async () => {
    const holder = await startHolder();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await withLock(name, () => Promise.resolve('inside'))).toBe('inside');
  });

  it('is free again when the work failed', async () => {
    await expect(withLock(name, () => Promise.reject(new Error('the work failed')))).rejects.toThrow('the work failed');
    expect(await withLock(name, () => Promise.resolve('inside'))).toBe('inside');
  });
});
