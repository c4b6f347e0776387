/** How a member watches: what is asked of the stage by size, how pictures share it, and what a measured line is good for. */
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../client/media/screen/arrangement.js';
import { layOut } from '../../client/media/screen/layout.js';
import { verdictOnLine, type LineMeasure } from '../../client/media/line/lineVerdict.js';
import { Sights } from '../../client/media/stage/sights.js';
import { isLess, wantOf, type Sight, type Viewpoint, type Want } from '../../client/media/stage/viewing.js';

const looking: Viewpoint = { watching: 'everything', isVisible: true };
const tall = (height: number): Sight => ({ width: (height * 16) / 9, height });
const flowing = (spatialLayer: number, temporalLayer = 2): Want => ({ state: 'flowing', spatialLayer, temporalLayer });

describe('what is asked of the stage', () => {
  it.each([[90, 0], [180, 0], [181, 1], [360, 1], [361, 2], [1_440, 2]])('is, for a camera %i pixels tall, layer %i', (height, layer) => {
    expect(wantOf('camera', tall(height), looking, null)).toEqual(flowing(layer));
  });

  it('stays as it was until the picture has clearly outgrown it, or shrunk', () => {
    expect([190, 400, 420].map((height) => wantOf('camera', tall(height), looking, flowing(1)))).toEqual([flowing(1), flowing(1), flowing(2)]);
    expect([340, 300, 160, 140].map((height) => wantOf('camera', tall(height), looking, flowing(2)))).toEqual([flowing(2), flowing(1), flowing(1), flowing(0)]);
  });

  it('is nothing for what is out of sight, behind another tab, or where sound alone is wanted', () => {
    for (const [sight, viewpoint] of [[null, looking], [tall(720), { ...looking, isVisible: false }], [tall(720), { ...looking, watching: 'audio' }]] as const) {
      expect(wantOf('camera', sight, viewpoint, flowing(2))).toEqual({ state: 'paused' });
    }
  });

  it('is the smallest that helps where data is saved: a small face, and a screen in full size with fewer frames', () => {
    const saver: Viewpoint = { ...looking, watching: 'saver' };
    expect(wantOf('camera', tall(1_080), saver, null)).toEqual(flowing(0));
    expect(wantOf('screen', tall(1_080), saver, null)).toEqual(flowing(0, 0));
    expect(wantOf('screen', tall(200), looking, null)).toEqual(flowing(0, 2));
  });

  it('tells less from more, for less can wait', () => {
    expect([isLess({ state: 'paused' }, flowing(0)), isLess(flowing(0), flowing(1)), isLess(flowing(0, 0), flowing(0))]).toEqual([true, true, true]);
    expect([isLess(flowing(0), { state: 'paused' }), isLess(flowing(2), flowing(1)), isLess(flowing(1), flowing(1))]).toEqual([false, false, false]);
  });

  it('follows the largest of the places where a track is shown', () => {
    const sights = new Sights(() => undefined);
    const [stamp, stage] = [sights.open('one'), sights.open('one')];
    stamp.report(tall(90));
    stage.report(tall(720));
    expect(sights.of('one')).toEqual(tall(720));
    stage.report(null);
    expect(sights.of('one')).toEqual(tall(90));
    stamp.close();
    expect(sights.of('one')).toBeNull();
  });
});

describe('the layout', () => {
  const picture = (name: string, part: Partial<Picture> = {}): Picture => ({ key: name, trackId: name, source: 'camera', person: { id: name, name, role: 'member' }, isOwn: false, media: null, isMuted: false, ...part });
  const faces = (count: number): Picture[] => Array.from({ length: count }, (_none, index) => picture(`p${index}`));
  const screen = picture('screen', { source: 'screen' });
  const keys = (pictures: readonly Picture[]): string[] => pictures.map(({ key }) => key);

  it('by itself shows a screen with who speaks, few people side by side, and many by who speaks', () => {
    const shared = layOut({ screen, faces: faces(6) }, 'auto', 'p3');
    expect([shared.kind, shared.main?.key, keys(shared.others)]).toEqual(['screen', 'screen', ['p3']]);
    expect(layOut({ screen: null, faces: faces(4) }, 'auto', 'p3')).toMatchObject({ kind: 'grid', main: null, hidden: 0 });
    const many = layOut({ screen: null, faces: faces(8) }, 'auto', 'p3');
    expect([many.kind, many.main?.key, keys(many.others), many.hidden]).toEqual(['speaker', 'p3', ['p0', 'p1', 'p2', 'p4', 'p5'], 2]);
  });

  it('keeps to what was chosen, as far as there is something to show', () => {
    expect(layOut({ screen, faces: faces(2) }, 'grid', null).others.map(({ key }) => key)).toEqual(['screen', 'p0', 'p1']);
    expect(layOut({ screen, faces: faces(2) }, 'speaker', 'p1')).toMatchObject({ kind: 'speaker', main: { key: 'p1' } });
    expect(layOut({ screen: null, faces: faces(2) }, 'screen', null).kind).toBe('grid');
    expect(layOut({ screen, faces: [] }, 'speaker', null)).toMatchObject({ kind: 'screen', main: { key: 'screen' } });
  });

  it('never moves people about in a grid, but always has who speaks in it', () => {
    expect(keys(layOut({ screen: null, faces: faces(9) }, 'grid', 'p8').others)).toEqual(keys(faces(9)));
    const crowd = layOut({ screen: null, faces: faces(12) }, 'grid', 'p11');
    expect([keys(crowd.others).includes('p11'), crowd.others.length, crowd.hidden]).toEqual([true, 9, 3]);
  });

  it('shows oneself beside a screen, but in the light only where nobody else is', () => {
    const own = picture('me', { isOwn: true });
    expect(keys(layOut({ screen, faces: [own, picture('p1')] }, 'auto', null).others)).toEqual(['p1', 'me']);
    expect(layOut({ screen: null, faces: [own] }, 'speaker', null).main?.key).toBe('me');
  });
});

describe('a measured line', () => {
  const good: LineMeasure = { rttMs: 40, loss: 0, kbit: 1_200, road: 'udp' };

  it.each<[Partial<LineMeasure>, string]>([
    [{}, 'video'], [{ rttMs: null }, 'video'], [{ kbit: 750, loss: 0.04 }, 'video'],
    [{ kbit: 300 }, 'audio'], [{ loss: 0.1 }, 'audio'], [{ rttMs: 900 }, 'audio'],
    [{ kbit: 10 }, 'none'], [{ loss: 0.6 }, 'none'],
  ])('with %j is good for %s', (part, verdict) => {
    expect(verdictOnLine({ ...good, ...part })).toBe(verdict);
  });

  it('that finds no road is good for nothing', () => {
    expect(verdictOnLine(null)).toBe('none');
  });
});
