/** Counting what lies in the ballot boxes. Pure. */
import type { PollKind, PollResults } from '../../../shared/contracts/live/polls.js';
import { limits } from '../../../shared/limits.js';
import type { Ballot, BallotBoxDocument } from '../../models/polls/ballotBox.js';

/** A vote that was taken back leaves an empty ballot. */
export const isCast = ({ options, text }: Ballot): boolean => options.length > 0 || text !== '';

/** The results of one poll from all of its boxes. */
export function tally({ kind, options }: { kind: PollKind; options: readonly string[] }, boxes: readonly BallotBoxDocument[]): PollResults {
  const ballots = boxes.flatMap((box) => Object.values(box.votes).filter(isCast));
  return {
    voters: ballots.length,
    points: countPoints(kind, options.length, ballots),
    answers: kind === 'text' ? countAnswers(ballots) : [],
    casts: boxes.reduce((sum, box) => sum + box.casts, 0),
  };
}

/** One for each time an option was chosen; in a ranking what Borda gives for the place it was put at. */
function countPoints(kind: PollKind, size: number, ballots: readonly Ballot[]): number[] {
  const points = Array.from({ length: size }, () => 0);
  for (const { options } of ballots) {
    for (const [place, option] of options.entries()) points[option] = (points[option] ?? 0) + (kind === 'ranking' ? size - 1 - place : 1);
  }
  return points;
}

/** Answers that differ in letter case alone are one, written as most wrote it. */
function countAnswers(ballots: readonly Ballot[]): PollResults['answers'] {
  const groups = new Map<string, Map<string, number>>();
  for (const { text } of ballots) {
    const spellings = groups.get(text.toLowerCase()) ?? new Map<string, number>();
    groups.set(text.toLowerCase(), spellings.set(text, (spellings.get(text) ?? 0) + 1));
  }
  const answers = [...groups.values()].map((spellings) => {
    const [[text] = ['']] = [...spellings].toSorted(([a, often], [b, oftener]) => oftener - often || (a < b ? -1 : 1));
    return { text, count: [...spellings.values()].reduce((sum, count) => sum + count, 0) };
  });
  return answers.toSorted((a, b) => b.count - a.count || a.text.localeCompare(b.text)).slice(0, limits.pollAnswersShown);
}
