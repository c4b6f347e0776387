/** Which layers a browser sends: what is needed, through the refusals that pass, and told where one stays. */
import type { types } from 'mediasoup-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LayersSent } from '../../client/media/stage/layersSent.js';

/** A camera in three layers whose sender refuses so many times, with errors of this name, before it takes what it is told. */
function camera({ refusals = 0, refusal = 'InvalidModificationError', id = 'camera' } = {}) {
  const encodings = [{ active: true }, { active: true }, { active: true }];
  const state = { closed: false, asked: 0 };
  const sender = {
    getParameters: () => ({ encodings: encodings.map((each) => ({ ...each })) }),
    setParameters: async (wanted: { encodings: { active: boolean }[] }): Promise<void> => {
      state.asked += 1;
      if (state.asked <= refusals) throw new DOMException('refused', refusal);
      wanted.encodings.forEach(({ active }, layer) => (encodings[layer] = { active }));
    },
  };
  // A real producer needs a browser; this is all of it that is used.
  const producer = { id, kind: 'video', rtpSender: sender, get closed() { return state.closed; } } as unknown as types.Producer;
  return { producer, state, sent: () => encodings.map(({ active }) => active) };
}

describe('the layers that are sent', () => {
  const told: unknown[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    vi.stubGlobal('reportError', (error: unknown) => told.push(error));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const allTries = (): Promise<unknown> => vi.advanceTimersByTimeAsync(10_000);

  it('are those that somebody receives: none, some, all; and nothing is asked for that is so already', async () => {
    const { producer, state, sent } = camera();
    const layers = new LayersSent(() => [producer]);
    for (const [topLayer, expected] of [[null, [false, false, false]], [0, [true, false, false]], [2, [true, true, true]]] as const) {
      layers.hear('camera', topLayer);
      await allTries();
      expect(sent()).toEqual(expected);
    }
    layers.hear('camera', 2);
    layers.hear('another', 0);
    await allTries();
    expect([state.asked, told]).toEqual([3, []]);
  });

  it.each(['InvalidModificationError', 'InvalidStateError'])('are asked for again where %s says that a negotiation came between', async (refusal) => {
    const { producer, state, sent } = camera({ refusals: 4, refusal });
    const layers = new LayersSent(() => [producer]);
    layers.hear('camera', null);
    await allTries();
    expect([sent(), state.asked, told]).toEqual([[false, false, false], 5, []]);
  });

  it.each([['InvalidModificationError', 5], ['OperationError', 1]])('are left as they are where %s stays, which is told after %i tries; the next track is heard all the same', async (refusal, tries) => {
    const [refused, other] = [camera({ refusals: Infinity, refusal }), camera({ id: 'screen' })];
    const layers = new LayersSent(() => [refused.producer, other.producer]);
    layers.hear('camera', null);
    layers.hear('screen', 1);
    await allTries();
    expect([refused.sent(), refused.state.asked]).toEqual([[true, true, true], tries * 2]);
    expect(told.map((error) => (error as DOMException).name)).toEqual([refusal, refusal]);
    expect(other.sent()).toEqual([true, true, false]);
  });

  it('are nobody\'s matter once the track has stopped, whatever the sender says', async () => {
    const { producer, state } = camera({ refusals: Infinity });
    const layers = new LayersSent(() => [producer]);
    layers.hear('camera', null);
    await vi.advanceTimersByTimeAsync(0);
    state.closed = true;
    await allTries();
    expect([state.asked, told]).toEqual([2, []]);
  });
});
