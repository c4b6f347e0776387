/** The built server as people run it: embedded services in a folder, the demo community inside, members who come in by the front door. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Socket } from 'socket.io-client';
import type { z } from 'zod';
import { chat } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import type { Call, Route } from '../../shared/define.js';
import { members } from '../../shared/contracts/members.js';
import { rooms } from '../../shared/contracts/rooms.js';
import { askRoute, openSocket } from '../support/guest.js';
import { startServer, type Running } from '../support/processes.js';

export interface LiveHouse extends Running {
  url: string;
}

/** Opens the house in a process group of its own. The same folder again is the same house, started anew. */
export function openLiveHouse(dataDir: string, environment: Record<string, string> = {}): Promise<LiveHouse> {
  return startServer({ DATA_DIR: dataDir, MEDIA_WORKERS: '1', LOG_LEVEL: 'warn', ...environment }, { ownGroup: true });
}

/** Everybody the demo has. */
export const demoEmails = ['organizer@rivet.example', 'host@rivet.example', 'supporter@rivet.example', 'member@rivet.example'] as const;

/** A member of the demo, signed in with the password the house printed. */
export interface Resident {
  token: string;
  socket: Socket;
  /** The data of an answer that must be a good one; rejects when the connection is lost before it. */
  call<C extends Call>(call: C, input: z.input<C['input']>): Promise<z.output<C['output']>>;
  ask<R extends Route>(route: R, input: z.input<R['input']>): Promise<z.output<R['output']>>;
}

export async function enter({ url, output }: LiveHouse, email: (typeof demoEmails)[number]): Promise<Resident> {
  const password = new RegExp(`${email} +([0-9a-f]+)`).exec(output())?.[1] ?? '';
  const { accessToken: token } = dataOf(await askRoute(url, members.signIn, { email, password }));
  const socket = await openSocket(url, token);
  return {
    token,
    socket,
    async call<C extends Call>(call: C, input: z.input<C['input']>) {
      return call.output.parse(dataOf((await socket.timeout(20_000).emitWithAck(call.name, input)) as Parameters<typeof dataOf>[0])) as z.output<C['output']>;
    },
    ask: async (route, input) => dataOf(await askRoute(url, route, input, { authorization: `Bearer ${token}` })),
  };
}

function dataOf<T>(reply: { ok: true; data: T } | { ok: false; failure: { code: string } }): T {
  if (!reply.ok) throw new Error(`refused: ${reply.failure.code}`);
  return reply.data;
}

/** The id of the demo's open room. */
export async function openRoom(resident: Resident): Promise<string> {
  const room = (await resident.ask(rooms.list, {})).find(({ name }) => name === 'general');
  if (!room) throw new Error('the demo has an open room');
  return room.id;
}

/** Everything in a room's timeline. */
export async function timeline(resident: Resident, roomId: string): Promise<MessageView[]> {
  const messages: MessageView[] = [];
  for (;;) {
    const page = await resident.call(chat.history, { roomId, after: messages.at(-1)?.seq ?? 0 });
    messages.push(...page.messages);
    if (!page.hasMore) return messages;
  }
}

/** The process of the house's embedded store. */
export function storePid({ pid }: LiveHouse): number {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [parent, command] = [readProc(entry, 'stat').split(') ').at(-1)?.split(' ')[1], readProc(entry, 'cmdline')];
    if (parent === String(pid) && command.includes('documentStore/main.js')) return Number(entry);
  }
  throw new Error('the house has no store of its own');
}

/** Empty when the process has gone meanwhile. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
