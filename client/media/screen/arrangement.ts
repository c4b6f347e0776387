/** Who stands on the stage, from the tracks there are: a pure reading of them. How they share the picture is `layout.ts`'s. */
import type { PersonView } from '../../../shared/contracts/members.js';
import type { StageSnapshot } from '../stage/stageState.js';

/** A picture on the stage. `media` is null while it is on its way, or where a person only speaks. */
export interface Picture {
  key: string;
  /** The track it is of, where it is received from the stage; null for one's own, and where a person only speaks. */
  trackId: string | null;
  source: 'camera' | 'screen';
  person: PersonView;
  isOwn: boolean;
  media: MediaStreamTrack | null;
  /** Their microphone is closed, or they have none on stage. */
  isMuted: boolean;
}

export interface Arrangement {
  /** The screen that fills the stage, the newest where there are several. */
  screen: Picture | null;
  /** Everybody on stage, one picture each, in the order they came. */
  faces: Picture[];
  /** What is to be heard: others' microphones and screens' sound. */
  sounds: { key: string; media: MediaStreamTrack }[];
  /** The person who speaks, or spoke last; null before anybody has. */
  speakerId: string | null;
}

interface Seen {
  key: string;
  source: string;
  person: PersonView;
  isOwn: boolean;
  media: MediaStreamTrack | null;
  paused: boolean;
  trackId: string | null;
}

/** @param me the person behind this browser, for what they themselves send. */
export function arrange({ stage, own }: StageSnapshot, me: PersonView): Arrangement {
  const seen: Seen[] = [
    ...(stage.phase === 'on' ? stage.tracks.map(({ view, media }) => ({ key: view.id, trackId: view.id, source: view.source, person: view.person, isOwn: false, media, paused: view.paused })) : []),
    ...own.map((each) => ({ key: `own ${each.source}`, trackId: each.state === 'sending' ? each.trackId : null, source: each.source, person: me, isOwn: true, media: each.media, paused: each.paused })),
  ];
  const people = [...new Map(seen.filter((each) => each.source !== 'screenAudio').map((each) => [each.person.id, each])).values()];
  const find = (personId: string, source: string) => seen.find((each) => each.person.id === personId && each.source === source);
  const picture = ({ key, trackId, person, isOwn, media, paused }: Seen, source: Picture['source']): Picture => ({
    key, trackId: isOwn ? null : trackId, source, person, isOwn, media: paused ? null : media, isMuted: find(person.id, 'microphone')?.paused ?? true,
  });
  const face = (personId: string): Picture[] => {
    const [camera, microphone] = [find(personId, 'camera'), find(personId, 'microphone')];
    if (camera) return [picture(camera, 'camera')];
    return microphone ? [{ ...picture(microphone, 'camera'), trackId: null, media: null }] : [];
  };
  const screen = seen.findLast((each) => each.source === 'screen');
  const speakingTrackId = stage.phase === 'on' ? stage.speakingTrackId : null;
  return {
    screen: screen ? picture(screen, 'screen') : null,
    faces: people.flatMap((each) => face(each.person.id)),
    sounds: seen
      .filter((each) => !each.isOwn && (each.source === 'microphone' || each.source === 'screenAudio'))
      .flatMap(({ key, media }) => (media ? [{ key, media }] : [])),
    speakerId: (speakingTrackId !== null && seen.find(({ trackId }) => trackId === speakingTrackId)?.person.id) || null,
  };
}
