/** Who stands where on the stage, from the tracks there are: a pure reading of them. */
import type { PersonView } from '../../../shared/contracts/members.js';
import type { StageSnapshot } from '../stage/stageState.js';

/** A picture on the stage. `media` is null while it is on its way, or where a person only speaks. */
export interface Picture {
  key: string;
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
}

interface Seen {
  key: string;
  source: string;
  person: PersonView;
  isOwn: boolean;
  media: MediaStreamTrack | null;
  paused: boolean;
}

/** @param me the person behind this browser, for what they themselves send. */
export function arrange({ stage, own }: StageSnapshot, me: PersonView): Arrangement {
  const seen: Seen[] = [
    ...(stage.phase === 'on' ? stage.tracks.map(({ view, media }) => ({ key: view.id, source: view.source, person: view.person, isOwn: false, media, paused: view.paused })) : []),
    ...own.map(({ source, media, paused }) => ({ key: `own ${source}`, source, person: me, isOwn: true, media, paused })),
  ];
  const people = [...new Map(seen.filter((each) => each.source !== 'screenAudio').map((each) => [each.person.id, each])).values()];
  const find = (personId: string, source: string) => seen.find((each) => each.person.id === personId && each.source === source);
  const picture = ({ key, person, isOwn, media, paused }: Seen): Picture => ({ key, person, isOwn, media: paused ? null : media, isMuted: find(person.id, 'microphone')?.paused ?? true });
  const screen = seen.findLast((each) => each.source === 'screen');
  return {
    screen: screen ? picture(screen) : null,
    faces: people
      .map((each) => find(each.person.id, 'camera') ?? find(each.person.id, 'microphone'))
      .filter((each) => each !== undefined)
      .map((each) => (each.source === 'camera' ? picture(each) : { ...picture(each), media: null })),
    sounds: seen
      .filter((each) => !each.isOwn && (each.source === 'microphone' || each.source === 'screenAudio'))
      .flatMap(({ key, media }) => (media ? [{ key, media }] : [])),
  };
}
