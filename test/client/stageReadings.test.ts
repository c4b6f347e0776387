import { describe, expect, it } from 'vitest';
import { arrange } from '../../client/media/screen/arrangement.js';
import { judge, readCounters, type Counters } from '../../client/media/line/networkQuality.js';
import type { Publication, StageTrack } from '../../client/media/stage/stageState.js';
import type { TrackSource } from '../../shared/contracts/live/stage.js';

const mara = { id: 'a'.repeat(24), name: 'Mara', role: 'host' as const };
const kofi = { id: 'b'.repeat(24), name: 'Kofi', role: 'host' as const };
// Only its identity matters here; a real one needs a browser.
const media = (name: string) => ({ id: name }) as MediaStreamTrack;

function track(person: typeof mara, source: TrackSource, paused = false): StageTrack {
  const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
  return { view: { id: `${person.name} ${source}`, person, kind, source, paused }, media: media(`${person.name} ${source}`) };
}

const on = (tracks: StageTrack[], own: Publication[] = []) => ({ stage: { phase: 'on', epoch: 1, mayPresent: true, road: 'connected', tracks, speakingTrackId: null } as const, own });

describe('who stands where on the stage', () => {
  it('shows the newest screen large and everybody once beside it', () => {
    const seen = arrange(on([track(mara, 'screen'), track(mara, 'camera'), track(kofi, 'screen'), track(kofi, 'microphone')]), mara);
    expect(seen.screen?.key).toBe('Kofi screen');
    expect(seen.faces.map(({ key }) => key)).toEqual(['Mara camera', 'Kofi microphone']);
  });

  it('tells who is muted, and shows no picture of a paused camera', () => {
    const seen = arrange(on([track(mara, 'camera', true), track(mara, 'microphone'), track(kofi, 'camera'), track(kofi, 'microphone', true)]), mara);
    expect(seen.faces.map(({ person, media: picture, isMuted }) => [person.name, picture !== null, isMuted])).toEqual([['Mara', false, false], ['Kofi', true, true]]);
  });

  it('never plays a person their own voice', () => {
    const own: Publication[] = [{ state: 'sending', source: 'microphone', media: media('own'), paused: false, trackId: 'x' }];
    expect(arrange(on([track(kofi, 'microphone')], own), mara).sounds.map(({ key }) => key)).toEqual(['Kofi microphone']);
  });
});

describe('the line, judged between two samples', () => {
  const start: Counters = { at: 0, bytesIn: 0, packetsIn: 0, lostIn: 0, bytesOut: 0, lossOut: 0, rttMs: 20, frozenMs: 0 };
  const after = (part: Partial<Counters>): Counters => ({ ...start, at: 1_000, bytesIn: 125_000, packetsIn: 1_000, ...part });

  it('is good while little is lost, and says what it carries', () => {
    expect(judge(start, after({}))).toEqual({ verdict: 'good', trouble: null, lossIn: 0, lossOut: 0, rttMs: 20, frozen: 0, kbitIn: 1_000, kbitOut: 0 });
  });

  it.each([
    [{ lostIn: 50 }, 'fair', 'receiving'], [{ rttMs: 300 }, 'fair', 'delay'], [{ lossOut: 0.05 }, 'fair', 'sending'], [{ frozenMs: 200 }, 'fair', 'sender'],
    [{ lostIn: 200 }, 'poor', 'receiving'], [{ rttMs: 700 }, 'poor', 'delay'], [{ lossOut: 0.2 }, 'poor', 'sending'], [{ frozenMs: 600 }, 'poor', 'sender'],
    // A picture that stands still for what was lost on the way is the line's fault, not the sender's.
    [{ lostIn: 50, frozenMs: 600 }, 'fair', 'receiving'],
  ])('with %j is %s, for what happens in %s', (part, verdict, trouble) => {
    expect(judge(start, after(part))).toMatchObject({ verdict, trouble });
  });

  it('counts what was lost since, not since ever', () => {
    const lossy = after({ lostIn: 500 });
    expect(judge(lossy, { ...lossy, at: 2_000, packetsIn: 2_000 }).verdict).toBe('good');
  });

  it('takes a screen on which nothing moves for no fault, and a face that stands still for one', () => {
    const picture = (trackIdentifier: string, totalFreezesDuration: number) => ({ type: 'inbound-rtp', trackIdentifier, totalFreezesDuration, packetsReceived: 500, bytesReceived: 60_000 });
    const receive = new Map([picture('screen', 4.5), picture('face', 0.25)].map((row) => [row.trackIdentifier, row])) as unknown as RTCStatsReport;
    expect(readCounters(1_000, { receive, send: null, screens: new Set(['screen']) })).toMatchObject({ frozenMs: 250, packetsIn: 1_000, bytesIn: 120_000 });
    expect(readCounters(1_000, { receive, send: null, screens: new Set() })).toMatchObject({ frozenMs: 4_750 });
  });
});
