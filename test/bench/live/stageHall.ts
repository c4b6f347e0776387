/** A live workshop for a bench: the built house with one media worker, a host on stage, and an audience in further processes. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { Grant } from '../../../server/models/grant.js';
import { Member } from '../../../server/models/member.js';
import { Workshop } from '../../../server/models/workshop.js';
import { openHouseHall } from '../load/hall.js';
import type { Question } from './audience.js';

/** A process with people in it. */
export interface Audience {
  pid: number;
  ask<T>(question: Question): Promise<T>;
}

export interface StageHall {
  url: string;
  storeUri: string;
  workshopId: string;
  serverPid: number;
  /** The media worker as it stands now; another one after it has died. */
  workerPid(): Promise<number>;
  host: Audience;
  /** Each with as many people as `inEach` says. */
  audiences: Audience[];
  inEach: number;
  stop(): Promise<void>;
}

const audienceProcesses = 4;

export async function openStageHall(viewers: number): Promise<StageHall> {
  const inEach = Math.ceil(viewers / audienceProcesses);
  const hall = await openHouseHall({ members: 1 + inEach * audienceProcesses });
  const [url = ''] = hall.urls;
  const [serverPid = 0] = hall.pids;
  const workshopId = await makeLive(hall.storeUri, hall.roomId);
  const tokens = hall.tokens.flatMap((token) => token ?? []);
  const children: ChildProcess[] = [];
  const open = async (some: string[]): Promise<Audience> => {
    const child = fork(fileURLToPath(new URL('audience.js', import.meta.url)));
    children.push(child);
    const audience = audienceIn(child);
    await audience.ask({ ask: 'connect', url, tokens: some, workshopId });
    return audience;
  };
  const host = await open(tokens.slice(0, 1));
  const audiences = await Promise.all(Array.from({ length: audienceProcesses }, (_none, part) => open(tokens.slice(1 + part * inEach, 1 + (part + 1) * inEach))));
  return {
    url,
    storeUri: hall.storeUri,
    workshopId,
    serverPid,
    workerPid: () => childOf(serverPid, 'mediasoup-worke'),
    host,
    audiences,
    inEach,
    async stop() {
      for (const child of children) child.kill('SIGKILL');
      await hall.stop();
    },
  };
}

/** Everybody in the house has a seat; the first of them hosts. */
async function makeLive(storeUri: string, roomId: string): Promise<string> {
  await mongoose.connect(storeUri);
  const now = new Date();
  const [host, ...others] = (await Member.find().lean()).toSorted((one, other) => Number(one.name.split(' ')[1]) - Number(other.name.split(' ')[1]));
  if (!host) throw new Error('nobody is here');
  await Member.updateOne({ _id: host._id }, { role: 'host' });
  const price = { amount: 0, currency: 'eur' };
  const workshop = await Workshop.create({ clientWorkshopId: randomUUID(), title: 'Bench', startsAt: now, minutes: 60, hostIds: [host._id], price, capacity: 10_000, state: 'live', liveAt: now, roomId });
  const workshopId = String(workshop._id);
  await Promise.all(others.map(({ _id }) => Grant.giveOnce(String(_id), { kind: 'workshop', ref: workshopId }, { kind: 'ticket', id: String(_id) }, now)));
  await mongoose.disconnect();
  return workshopId;
}

function audienceIn(child: ChildProcess): Audience {
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  child.on('message', ({ id, answer, error }: { id: number; answer: never; error?: string }) => {
    if (error === undefined) waiting.get(id)?.resolve(answer);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  return {
    pid: child.pid ?? 0,
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = (asked += 1);
        waiting.set(id, { resolve, reject });
        child.send({ id, ...question });
      }),
  };
}

/** @param name - as the kernel has it: fifteen letters at most. */
async function childOf(parent: number, name: string): Promise<number> {
  for (const entry of await readdir('/proc')) {
    const stat = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '') : '';
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat.includes(`(${name})`) && Number(fields[1]) === parent && fields[0] !== 'Z') return Number(entry);
  }
  throw new Error(`the server runs no ${name}`);
}
