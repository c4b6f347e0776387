/** How the pictures of the stage share its 16:9: a pure reading of who stands on it and what the member chose. */
import type { Arrangement, Picture } from './arrangement.js';

export const layoutChoices = ['auto', 'speaker', 'grid', 'screen'] as const;
/** What the member chose. `auto` shows a screen large where there is one, few people side by side, many by who speaks. */
export type LayoutChoice = (typeof layoutChoices)[number];

export interface Layout {
  /** `screen`: a screen with a speaker inset. `speaker`: one person large, the others in a strip. `grid`: all alike. */
  kind: 'screen' | 'speaker' | 'grid';
  /** What is large; null in a grid. */
  main: Picture | null;
  others: Picture[];
  /** How many are on stage and not shown. */
  hidden: number;
}

/** So many stand side by side before one of them is better made large. */
const sideBySide = 4;
const room = { screen: 2, speaker: 5, grid: 9 };

/** @param spotlightId the person who speaks, or spoke last; null where nobody has. */
export function layOut({ screen, faces }: Pick<Arrangement, 'screen' | 'faces'>, choice: LayoutChoice, spotlightId: string | null): Layout {
  const kind = kindOf(choice, screen !== null, faces.length);
  const ordered = spotlightFirst(faces, spotlightId);
  if (kind === 'screen' && screen) return cut(kind, screen, insets(ordered), faces.length);
  if (kind === 'speaker') {
    const [main = null, ...rest] = ordered;
    return cut(kind, main ?? screen, main && screen ? [screen, ...rest] : rest, faces.length - 1 + (main && screen ? 1 : 0));
  }
  const all = screen ? [screen, ...faces] : faces;
  // Nobody changes places in a grid, but who speaks is always in it.
  const shown = all.length > room.grid ? [...(screen ? [screen] : []), ...ordered] : all;
  return cut('grid', null, shown, all.length);
}

function kindOf(choice: LayoutChoice, hasScreen: boolean, people: number): Layout['kind'] {
  if (choice === 'grid') return 'grid';
  if (choice === 'speaker' && people > 0) return 'speaker';
  if (hasScreen) return 'screen';
  return people > sideBySide ? 'speaker' : 'grid';
}

/** Beside a screen only who speaks, and oneself: it is the screen one came for. */
function insets(ordered: readonly Picture[]): Picture[] {
  return ordered.filter((face, place) => place === 0 || face.isOwn);
}

function spotlightFirst(faces: readonly Picture[], spotlightId: string | null): Picture[] {
  const isLit = (face: Picture) => face.person.id === spotlightId;
  const first = faces.find(isLit) ?? faces.find((face) => !face.isOwn) ?? faces[0];
  return first ? [first, ...faces.filter((face) => face !== first)] : [];
}

function cut(kind: Layout['kind'], main: Picture | null, others: Picture[], people: number): Layout {
  const shown = others.slice(0, room[kind]);
  return { kind, main, others: shown, hidden: kind === 'screen' ? 0 : Math.max(people - shown.length, 0) };
}
