/** Polls, votes and steps for tests. */
import { randomUUID } from 'node:crypto';
import type { Choice, PollDraft } from '../../../shared/contracts/live/polls.js';
import type { Step } from '../../../shared/contracts/live/steps.js';

/** What a host would write in the form. */
export function draftOf(changes: Partial<PollDraft> = {}): PollDraft {
  return { kind: 'single', question: 'Tabs or spaces?', options: ['Tabs', 'Spaces', 'Both'], right: [], isAnonymous: false, resultsShown: false, ...changes };
}

/** A cast of its own name. */
export function choose(options: number[], text = ''): { clientVoteId: string; choice: Choice } {
  return { clientVoteId: randomUUID(), choice: { options, text } };
}

export function stepsOf(...texts: string[]): Step[] {
  return texts.map((text) => ({ id: randomUUID(), text }));
}
