/**
 * `npm run bench -- questions [--members N] [--questions N] [--each N] [--rate N]`: members inside one workshop vote, first at a
 * steady rate (which shows how late everybody hears of a vote), then all at once (which shows how many votes a second the
 * house takes). Prints one JSON line; times are milliseconds from the moment a vote is sent.
 */
import { parseArgs } from 'node:util';
import mongoose, { Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { Question } from '../../server/models/questions/question.js';
import { Workshop } from '../../server/models/workshop.js';
import { questions, type QueueView } from '../../shared/contracts/live/questions.js';
import { workshops } from '../../shared/contracts/workshops.js';
import { openHouseHall } from './load/hall.js';
import { Line } from './load/line.js';
import { cpuSecondsOf, residentMb } from './load/usage.js';

const { values } = parseArgs({ options: { members: { type: 'string', default: '1000' }, questions: { type: 'string', default: '50' }, each: { type: 'string', default: '5' }, rate: { type: 'string', default: '100' } } });
const [members, asked, each, rate] = [Number(values.members), Number(values.questions), Number(values.each), Number(values.rate)];
/** Of so many members every hearing is kept, to be compared with every vote. */
const keptHearers = 50;

const hall = await openHouseHall({ members });
const [url = ''] = hall.urls;
const [pid = 0] = hall.pids;

/** A workshop that is live, and its approved questions, put into the store directly. */
async function fill(): Promise<{ workshopId: string; ids: string[] }> {
  await mongoose.connect(hall.storeUri);
  const now = new Date();
  const workshop = await Workshop.create({
    clientWorkshopId: randomUUID(), title: 'Bench', startsAt: now, minutes: 90, hostIds: [new Types.ObjectId()], price: { amount: 0, currency: 'eur' }, capacity: members, state: 'live', liveAt: now, roomId: hall.roomId,
  });
  const documents = Array.from({ length: asked }, (_, place) => ({
    workshopId: workshop._id, clientQuestionId: randomUUID(), askerId: new Types.ObjectId(), text: `Question ${place}`, state: 'approved', version: 1, askedAt: now,
  }));
  const ids = (await Question.insertMany(documents)).map(({ _id }) => String(_id));
  await mongoose.disconnect();
  return { workshopId: String(workshop._id), ids };
}

interface Voted {
  questionId: string;
  votes: number;
}
interface Cast extends Voted {
  sentAt: number;
}

let [deliveries, lastHeardAt] = [0, 0];
/** What each kept member heard, in the order it came: when, and how many votes each question had. */
const heard: { at: number; votes: readonly Voted[] }[][] = Array.from({ length: keptHearers }, () => []);
const prefix = Buffer.from(`["${questions.voted.name}"`);

function hearerOf(member: number): (packet: Buffer) => void {
  const kept = heard[member];
  return (packet) => {
    if (!packet.subarray(0, prefix.length).equals(prefix)) return;
    deliveries += 1;
    lastHeardAt = performance.now();
    kept?.push({ at: lastHeardAt, votes: (JSON.parse(packet.toString()) as [string, { votes: Voted[] }])[1].votes });
  };
}

/** From each vote's sending until each kept member has heard of as many votes as there were with it. */
function latencies(casts: readonly Cast[]): number[] {
  return heard.flatMap((hearings) =>
    casts.flatMap(({ questionId, votes, sentAt }) => {
      const hearing = hearings.find(({ at, votes: counts }) => at >= sentAt && counts.some((one) => one.questionId === questionId && one.votes >= votes));
      return hearing ? [hearing.at - sentAt] : [];
    }),
  );
}

function percentile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** Resolves when nothing more has been heard for two seconds. */
async function quiet(): Promise<void> {
  while (performance.now() - lastHeardAt < 2_000) await new Promise((resolve) => setTimeout(resolve, 100));
}

try {
  const { workshopId, ids } = await fill();
  const lines: Line[] = [];
  for (const [place, token] of hall.tokens.entries()) {
    const line = await Line.open(url, token, hearerOf(place));
    await line.ask(workshops.enter.name, { workshopId });
    lines.push(line);
  }
  const cast = async (line: Line, place: number): Promise<Cast> => {
    const [questionId = '', sentAt] = [ids[place % ids.length], performance.now()];
    const reply = (await line.ask(questions.vote.name, { workshopId, questionId, isOn: true })) as { ok: boolean; data: { votes: number } };
    if (!reply.ok) throw new Error('a vote was refused');
    return { questionId, votes: reply.data.votes, sentAt };
  };
  // Member m votes for the questions m, m + 7, …: each for as many different ones.
  const steadyVotes = members;
  const cpuBefore = await cpuSecondsOf(pid);
  const steady: Promise<Cast>[] = [];
  for (let member = 0; member < steadyVotes; member += 1) {
    const line = lines[member];
    if (line) steady.push(cast(line, member));
    await new Promise((resolve) => setTimeout(resolve, 1_000 / rate));
  }
  const casts = await Promise.all(steady);
  await quiet();
  const late = latencies(casts).toSorted((one, other) => one - other);
  const [cpuSteady, heardSteady] = [(await cpuSecondsOf(pid)) - cpuBefore, deliveries];

  const burstAt = performance.now();
  await Promise.all(lines.map(async (line, member) => {
    for (let more = 1; more < each; more += 1) await cast(line, member + more * 7);
  }));
  const burstSeconds = (performance.now() - burstAt) / 1_000;
  await quiet();
  const [first] = lines;
  if (!first) throw new Error('nobody is inside');
  const { data } = (await first.ask(questions.list.name, { workshopId })) as { data: QueueView };
  const wanted = new Map(ids.map((id) => [id, 0]));
  for (let member = 0; member < members; member += 1) for (let vote = 0; vote < each; vote += 1) {
    const id = ids[(member + vote * 7) % ids.length] ?? '';
    wanted.set(id, (wanted.get(id) ?? 0) + 1);
  }
  const lastTold = new Map(heard[0]?.flatMap(({ votes }) => votes.map((one) => [one.questionId, one.votes] as const)));
  process.stdout.write(`${JSON.stringify({
    bench: 'questions', members, questions: asked, votes: members * each,
    fanOutMs: { rate, p50: percentile(late, 0.5), p95: percentile(late, 0.95), heard: late.length, of: casts.length * Math.min(keptHearers, members) },
    votesPerSecond: Math.round((members * (each - 1)) / burstSeconds),
    totalsExact: data.questions.every(({ id, votes }) => votes === wanted.get(id)), toldExact: [...wanted].every(([id, votes]) => lastTold.get(id) === votes),
    deliveries, cpuMicrosPerDelivery: Math.round((cpuSteady / heardSteady) * 1e6), rssMb: await residentMb(pid),
  })}\n`);
  for (const line of lines) line.close();
} finally {
  await hall.stop();
}
