/** Whom a message written here may call, and whom it does call. */
import type { PersonView } from '../../../shared/contracts/members.js';
import type { Mentions } from '../../../shared/contracts/messages.js';
import type { TierView } from '../../../shared/contracts/tiers.js';
import { limits } from '../../../shared/limits.js';
import { escapeName, roomWord, type Callable } from '../text/mentions.js';
import { parseMarkdown } from '../text/parseMarkdown.js';
import { mentionsIn } from '../text/pieces.js';
import type { Candidate } from './completions.js';

/** Whom one may call from here. */
export interface CallableHere {
  people: readonly PersonView[];
  /** None, for whoever may not call a tier. */
  tiers: readonly TierView[];
  /** The room as a whole may be called. */
  room: boolean;
}

/** The words under which the wide calls are found. */
export interface WideWords {
  room: string;
  tier: (tier: TierView) => string;
}

/** Everybody who is here or was seen in what was said, each once, those who were seen last first; not me. */
export function peopleSeen(here: readonly PersonView[], seen: readonly PersonView[], myId: string): PersonView[] {
  const byId = new Map<string, PersonView>();
  for (const person of [...seen.toReversed(), ...here]) if (!byId.has(person.id)) byId.set(person.id, person);
  byId.delete(myId);
  return [...byId.values()].filter(({ name }) => name !== '');
}

/** The same, and these people too: of two of one name they come first. */
export function alsoCallable(callable: CallableHere, people: readonly PersonView[]): CallableHere {
  const ids = new Set(people.map(({ id }) => id));
  return { ...callable, people: [...people, ...callable.people.filter(({ id }) => !ids.has(id))] };
}

/** What is offered after an `@`. */
export function callCandidates({ people, tiers, room }: CallableHere, words: WideWords): Candidate[] {
  const named = people.map((person): Candidate => ({ key: person.id, label: person.name, insert: `@${escapeName(person.name)}` }));
  const wide: Candidate[] = room ? [{ key: '@room', label: `${roomWord} · ${words.room}`, insert: `@${roomWord}` }] : [];
  const byTier = tiers.map((tier): Candidate => ({ key: `@${tier.key}`, label: `${tier.key} · ${words.tier(tier)}`, insert: `@${tier.key}` }));
  return [...named, ...wide, ...byTier];
}

/** Whom a text calls: those whose names stand in it as text, not as code. Of people of one name, the one seen last. */
export function callsOf(text: string, { people, tiers, room }: CallableHere): { mentions: Mentions; people: PersonView[] } {
  const callable: Callable = { people: [...people], room, tierKeys: tiers.map(({ key }) => key) };
  const called = mentionsIn(parseMarkdown(text, callable));
  const ids = new Set(called.flatMap((one) => (one.kind === 'person' ? [one.id] : [])));
  const named = people.filter(({ id }) => ids.has(id)).slice(0, limits.mentionsMax);
  const tierKeys = [...new Set(called.flatMap((one) => (one.kind === 'tier' ? [one.key] : [])))].slice(0, limits.mentionsMax);
  return { people: named, mentions: { memberIds: named.map(({ id }) => id), room: called.some(({ kind }) => kind === 'room'), tierKeys } };
}
