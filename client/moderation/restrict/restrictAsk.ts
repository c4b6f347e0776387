/** Whom somebody is about to hold back: asked from any person's menu, answered in one dialog that outlives the row it was asked from. */
import type { PersonView } from '../../../shared/contracts/members.js';
import { createStore } from '../../api/store.js';

export interface RestrictAsk {
  kind: 'timeout' | 'ban';
  person: PersonView;
  /** Where it was asked. */
  roomId: string;
}

/** What is being asked now. */
export const restrictAsk = createStore<RestrictAsk | null>(null);

/** Whether I may hold this person back, where I may moderate: nobody themself, only an organizer the team, nobody an organizer. The server judges the same. */
export function mayHoldBack(me: PersonView, person: PersonView): boolean {
  if (person.id === me.id || person.role === 'organizer') return false;
  return person.role === 'member' || me.role === 'organizer';
}
