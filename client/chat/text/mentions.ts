/** Names in a text: where a message calls somebody, the room or a tier. Names are always text; they bring no marks with them. */
import type { MessageView } from '../../../shared/contracts/messages.js';
import type { Called, Piece } from './pieces.js';

/** Whom a message calls, as its view tells it. */
export type Callable = MessageView['mentions'];

/** What stands after the `@`. It is the same in every language, like a room's name. */
export const roomWord = 'room';

const special = /[.*+?^${}()|[\]\\/]/g;

interface Name {
  word: string;
  called: Called;
}

function namesOf({ people, room, tierKeys }: Callable): Name[] {
  const names: Name[] = people.map(({ id, name }) => ({ word: name, called: { kind: 'person', id } }));
  if (room) names.push({ word: roomWord, called: { kind: 'room' } });
  for (const key of tierKeys) names.push({ word: key, called: { kind: 'tier', key } });
  // "Ana Nunes" before "Ana".
  return names.filter(({ word }) => word !== '').toSorted((a, b) => b.word.length - a.word.length);
}

/** A name in Latin letters ends where its word ends; 张伟 may be followed by anything. */
function patternOf(word: string): string {
  const escaped = word.replace(special, '\\$&');
  return /\w$/.test(word) ? `${escaped}(?!\\w)` : escaped;
}

export type MentionFinder = (text: string) => Piece[];

/** Makes what splits a text at the names that are called in it. */
export function mentionFinder(callable: Callable): MentionFinder {
  const names = namesOf(callable);
  if (names.length === 0) return (text) => [{ kind: 'text', text }];
  const pattern = new RegExp(`(?<!\\w)@(?:${names.map(({ word }) => patternOf(word)).join('|')})`, 'gu');
  // Of two people of one name, the first that is named.
  const byWord = new Map(names.toReversed().map(({ word, called }) => [word, called]));
  return (text) => {
    const pieces: Piece[] = [];
    let from = 0;
    for (const match of text.matchAll(pattern)) {
      const called = byWord.get(match[0].slice(1));
      if (called === undefined) continue;
      if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
      pieces.push({ kind: 'mention', text: match[0], called });
      from = match.index + match[0].length;
    }
    if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
    return pieces;
  };
}

/** A name written so that Markdown takes no part of it for a mark. */
export function escapeName(name: string): string {
  return name.replace(/[\\`*_[\]<>~&!]/g, '\\$&');
}
