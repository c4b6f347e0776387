/** How long a transaction waits for others to share its fsync. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Gathering } from '../../../server/embedded/documentStore/storage/gathering.js';

describe('gathering', () => {
  beforeEach(() => {
    // Time stands still unless a test moves it.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
  });

  it('does not keep a lone writer waiting, nor the first', async () => {
    const gathering = new Gathering();
    await gathering.wait(() => 1);
    gathering.committed(1, 0, 100);
    await gathering.wait(() => 1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for those that were answered and those that came meanwhile, and for no more', async () => {
    const gathering = new Gathering();
    gathering.committed(3, 2, 100);
    let waiting = 2;
    const together = gathering.wait(() => waiting);
    for (waiting = 3; waiting < 5; waiting += 1) gathering.noteWaiting(waiting);
    expect(vi.getTimerCount()).toBe(1);
    gathering.noteWaiting(5);
    await together;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up after a moment', async () => {
    const gathering = new Gathering();
    gathering.committed(2, 0, 100);
    const alone = gathering.wait(() => 1);
    vi.advanceTimersByTime(4);
    await alone;
    gathering.committed(1, 0, 100);
    await gathering.wait(() => 1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
