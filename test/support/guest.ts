/** A member in a test: signed in, with a real socket and a real HTTP client, hearing what members hear. */
import { randomUUID } from 'node:crypto';
import { io as connect, type Socket } from 'socket.io-client';
import { z } from 'zod';
import type { Deps } from '../../server/deps.js';
import { Grant } from '../../server/models/grant.js';
import { Member } from '../../server/models/member.js';
import { Session } from '../../server/models/session.js';
import { memberChannel } from '../../server/realtime/channels.js';
import { definePush, type Call, type Push, type Route } from '../../shared/define.js';
import type { Reply } from '../../shared/failures.js';
import type { Role } from '../../shared/roles.js';

export interface GuestOptions {
  name?: string;
  role?: Role;
  /** The key of a tier that exists; given as a gift. */
  tier?: string;
  /** Another connection of a member who is already here. */
  as?: Guest;
}

export interface Guest {
  id: string;
  name: string;
  sessionId: string;
  token: string;
  socket: Socket;
  call<C extends Call>(call: C, input: z.input<C['input']>): Promise<Reply<z.output<C['output']>>>;
  ask<R extends Route>(route: R, input: z.input<R['input']>): Promise<Reply<z.output<R['output']>>>;
  /** All that was pushed so far, after a fence: a round trip on the road a push takes, from the given node. */
  heard<P extends Push>(push: P, from?: Pick<Deps, 'publish'>): Promise<z.output<P['data']>[]>;
  /** The first push, past or to come, that fits. */
  next<P extends Push>(push: P, fits?: (data: z.output<P['data']>) => boolean): Promise<z.output<P['data']>>;
  close(): void;
}

const fence = definePush('test:fence', z.object({ id: z.string() }));
const patienceMs = 8_000;

/** Makes a member by the models and signs them in by a token; how people sign in by themselves is tested elsewhere. */
export async function openGuest(deps: Deps, url: string, options: GuestOptions): Promise<Guest> {
  const member = options.as ? { id: options.as.id, name: options.as.name } : await makeMember(deps, options);
  const session = await Session.create({
    memberId: member.id,
    familyHash: randomUUID(),
    tokenHash: randomUUID(),
    previousHash: null,
    rotationSalt: null,
    rotatedAt: deps.now(),
    device: 'a test',
    createdAt: deps.now(),
    expiresAt: new Date(deps.now().getTime() + 86_400_000),
    endedAt: null,
  });
  const sessionId = String(session._id);
  const { token } = deps.tokens.sign({ memberId: member.id, sessionId });
  const socket = await openSocket(url, token);
  const ears = listen(socket);

  return {
    ...member,
    sessionId,
    token,
    socket,
    async call<C extends Call>(call: C, input: z.input<C['input']>) {
      const reply: unknown = await socket.timeout(patienceMs).emitWithAck(call.name, input);
      return readReply<C['output']>(call.output, reply);
    },
    ask: (route, input) => askRoute(url, route, input, { authorization: `Bearer ${token}` }),
    async heard<P extends Push>(push: P, from: Pick<Deps, 'publish'> = deps) {
      const id = randomUUID();
      from.publish(memberChannel(member.id), fence, { id });
      await ears.wait(fence.name, (data) => fence.data.parse(data).id === id);
      return ears.all(push.name).map((data) => push.data.parse(data) as z.output<P['data']>);
    },
    async next<P extends Push>(push: P, fits: (data: z.output<P['data']>) => boolean = () => true) {
      const data = await ears.wait(push.name, (candidate) => fits(push.data.parse(candidate) as z.output<P['data']>));
      return push.data.parse(data) as z.output<P['data']>;
    },
    close: () => void socket.disconnect(),
  };
}

async function makeMember(deps: Deps, options: GuestOptions): Promise<{ id: string; name: string }> {
  const name = options.name ?? `guest-${randomUUID().slice(0, 8)}`;
  const member = await Member.create({ email: `${randomUUID()}@example.org`, name, passwordHash: 'none', role: options.role ?? 'member', joinedAt: deps.now() });
  const id = String(member._id);
  if (options.tier) await Grant.giveOnce(id, { kind: 'tier', ref: options.tier }, { kind: 'gift', id }, deps.now());
  return { id, name };
}

/** Opens a socket, or throws the failure it was refused with. */
export async function openSocket(url: string, token: string): Promise<Socket> {
  const socket = connect(url, { transports: ['websocket'], auth: { token }, forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

/** Asks a route as anyone does, with whatever headers are given, and waits so many milliseconds for the answer. */
export async function askRoute<R extends Route>(url: string, route: R, input: z.input<R['input']>, headers: Record<string, string> = {}, waitMs = patienceMs): Promise<Reply<z.output<R['output']>>> {
  const rest = new Map<string, unknown>(Object.entries(input ?? {}));
  const filled = route.path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = String(rest.get(name));
    rest.delete(name);
    return value;
  });
  const isGet = route.method === 'get';
  const query = isGet && rest.size > 0 ? `?${new URLSearchParams([...rest].map(([name, value]) => [name, String(value)])).toString()}` : '';
  const response = await fetch(`${url}${filled}${query}`, {
    method: route.method.toUpperCase(),
    headers: { ...(isGet ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(isGet ? {} : { body: JSON.stringify(Object.fromEntries(rest)) }),
    signal: AbortSignal.timeout(waitMs),
  });
  return readReply<R['output']>(route.output, await response.json());
}

function readReply<S extends z.ZodType>(output: S, reply: unknown): Reply<z.output<S>> {
  const read = z.union([z.object({ ok: z.literal(true), data: z.unknown() }), z.object({ ok: z.literal(false), failure: z.object({ code: z.string(), data: z.unknown() }) })]).parse(reply);
  return (read.ok ? { ok: true, data: output.parse(read.data) } : read) as Reply<z.output<S>>;
}

/** Keeps everything a socket is told, and lets a test wait for what is still to come. */
function listen(socket: Socket) {
  const told: { name: string; data: unknown }[] = [];
  const waiters = new Set<() => void>();
  socket.onAny((name: string, data: unknown) => {
    told.push({ name, data });
    for (const look of waiters) look();
  });
  return {
    all: (name: string): unknown[] => told.filter((one) => one.name === name).map((one) => one.data),
    wait: (name: string, fits: (data: unknown) => boolean): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.delete(look);
          reject(new Error(`${name} was not told within ${patienceMs} ms; told were: ${told.map((one) => one.name).join(', ')}`));
        }, patienceMs);
        const look = (): void => {
          const found = told.find((one) => one.name === name && fits(one.data));
          if (!found) return;
          clearTimeout(timer);
          waiters.delete(look);
          resolve(found.data);
        };
        waiters.add(look);
        look();
      }),
  };
}
