/** The composition root: puts the features on their doors. Importing this file does nothing. */
import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import { community } from '../shared/contracts/community.js';
import { limits as sizes } from '../shared/limits.js';
import { loadActor } from './access/actor.js';
import { certificatePdf } from './certificates/pdf/certificatePdf.js';
import { publishKeys } from './certificates/signing/publishKeys.js';
import { leaveAllRooms } from './chat/leaveAllRooms.js';
import { headOf } from './community/headOf.js';
import { openCommunity } from './community/openCommunity.js';
import { createDeps } from './createDeps.js';
import type { Deps } from './deps.js';
import { featureEvents, featureJobs, featureRoutes } from './features.js';
import { createDrain, type Drain } from './http/drain.js';
import { answerErrors, notFound } from './http/errors.js';
import { healthRoutes } from './http/health.js';
import { createMetrics, type Metrics } from './http/metrics.js';
import { servePage } from './http/page.js';
import { mountRoutes } from './http/route.js';
import { checkOrigin, giveRequestId, keepFromSearch, ownOrigin, secureHeaders } from './http/security.js';
import { authenticate } from './members/authenticate.js';
import { offerConsole, onlyWhereOffered } from './members/sessions/offerConsole.js';
import { whoAsks } from './members/whoAsks.js';
import { webhookFollowers } from './moneyTables.js';
import { createMoveOut, type MoveOut, type MoveOutOptions } from './moveOut.js';
import { startSchedule, type Job } from './platform/schedule.js';
import { before, settle } from './platform/underWay.js';
import { createActors, type Actors } from './realtime/actors.js';
import { authenticateSocket, sendElsewhere } from './realtime/authenticateSocket.js';
import { createBackPressure, type BackPressure } from './realtime/backPressure.js';
import { connectionChannel } from './realtime/channels.js';
import { connectionOf, type AppIo, type AppSocket } from './realtime/connection.js';
import { createIo } from './realtime/createIo.js';
import { handleCalls } from './realtime/handle.js';
import { createPublish } from './realtime/publish.js';
import type { Rejudge } from './realtime/rejudge.js';
import { feedFile, workshopFile } from './tickets/calendar/calendarFiles.js';
import { rightsTimers } from './rights/rightsTimers.js';
import { webhookRoute } from './tickets/webhookRoute.js';
import { leaveAllWorkshops } from './workshops/leaveAllWorkshops.js';
import type { World } from './world.js';

export interface App {
  http: Server;
  io: AppIo;
  deps: Deps;
  /** Moves everybody to other nodes, where there are any; `close` is to follow. */
  moveOut(options: MoveOutOptions): Promise<void>;
  /** Takes no more, finishes what is under way, and leaves nothing behind. Twice is harmless. */
  close(): Promise<void>;
}

/** How long all that is under way may take when the node closes. */
const drainMs = 5_000;

export async function createApp(world: World): Promise<App> {
  await openCommunity();
  const web = express();
  const http = createServer(web);
  const io = createIo(http, { isOwnOrigin: ownOrigin(world.publicUrl), adapter: world.adapter, log: world.log });
  const { metrics, publish, pressure } = createVoice(world, io);
  const actors = createActors((memberId, sessionId) => loadActor(memberId, sessionId, world.now()));
  const { deps, rejudge, crowds } = createDeps(world, io, publish, actors);
  const underWay = new Set<Promise<void>>();
  const drain = createDrain(http, underWay);
  const moving = createMoveOut({ io, stages: deps.stages, nodes: world.nodes, log: world.log });

  io.use(sendElsewhere(moving.isClosedToNew));
  openSockets(io, deps, { actors, rejudge, pressure }, metrics, { underWay, isDraining: drain.hasBegun });
  await openRoutes(web, world, deps, metrics, drain, moving);
  keepTrue(world, io, deps, rejudge);
  const schedule = startSchedule([...featureJobs(deps, crowds), ...rightsTimers(deps, rejudge), ...realtimeJobs(rejudge, pressure)], world.log);

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    const deadline = AbortSignal.timeout(drainMs);
    drain.begin();
    await before(deadline, world.nodes.close());
    await before(deadline, Promise.all([schedule.close(), settle(underWay, deadline)]));
    await before(deadline, deps.timeline.drain());
    await before(deadline, deps.changes.drain());
    await before(deadline, deps.soon.drain());
    io.local.disconnectSockets(true);
    await before(deadline, settle(underWay, deadline));
    deps.here.close();
    deps.soon.close();
    deps.audience.close();
    deps.bells.close();
    await before(deadline, deps.rosters.close());
    // A worker that does not end in time ends with this process.
    await before(deadline, deps.stages.close());
    await deps.presence.close();
    await drain.end();
    await io.close();
  };
  return { http, io, deps, moveOut: moving.run, close: () => (closing ??= close()) };
}

/** How the house speaks to its connections, and what it does about those that do not listen. */
function createVoice(world: World, io: AppIo): { metrics: Metrics; publish: Deps['publish']; pressure: BackPressure } {
  const metrics = createMetrics({ connections: () => io.engine.clientsCount, behind: () => pressure.countBehind() });
  const publish = createPublish(io, metrics.pushSpared);
  // It was spared what may be dropped: so that nothing old stays on the screen, it asks for everything once more.
  const onCaughtUp = (connectionId: string): void => publish(connectionChannel(connectionId), community.resync, {});
  const pressure = createBackPressure(io, { log: world.log, onCaughtUp, onClosed: metrics.slowClosed });
  return { metrics, publish, pressure };
}

const realtimeJobs = (rejudge: Rejudge, pressure: BackPressure): Job[] => [
  { name: 'back-pressure', everyMs: 2_000, run: () => Promise.resolve(pressure.look()) },
  // Should the news of an ended right be lost between nodes, it is acted on here: each connection has its turn within two minutes.
  { name: 'rejudge', everyMs: 10_000, run: () => rejudge.next(12) },
];

/** Keeps clients true to the house when what they should have been told may be lost. */
function keepTrue({ bus }: World, io: AppIo, deps: Deps, rejudge: Rejudge): void {
  const resync = (): void => void io.local.emit(community.resync.name as never, {});
  bus.onRestored(() => {
    void rejudge.everyone();
    resync();
  });
  // A node that was killed may have stored a message and told nobody; the node that takes its place says so.
  bus.subscribe('opened', resync);
  bus.publish('opened', null);
  deps.stages.onStatus((status) => io.local.emit(community.mediaChanged.name as never, status));
}

function openSockets(io: AppIo, deps: Deps, { actors, rejudge, pressure }: { actors: Actors; rejudge: Rejudge; pressure: BackPressure }, metrics: Metrics, leaving: { underWay: Set<Promise<void>>; isDraining(): boolean }): void {
  const table = new Map(featureEvents(deps).map((entry) => [entry.call.name, entry]));
  const handling = { actors, limits: deps.limits, log: deps.log, onAnswered: metrics.callAnswered, onWritten: pressure.answered, ...leaving };

  io.use(authenticateSocket(authenticate(deps), deps.now));
  io.on('connection', (socket: AppSocket) => {
    // The session or a right may have ended while the door was opening, when nobody would have found the socket inside.
    void rejudge.opened(socket);
    handleCalls(socket, table, handling);
    socket.on('disconnecting', () => {
      const work = leaveEverything(deps, socket);
      leaving.underWay.add(work);
      void work.finally(() => leaving.underWay.delete(work));
    });
  });
}

async function leaveEverything(deps: Deps, socket: AppSocket): Promise<void> {
  const connection = connectionOf(socket);
  deps.stages.trials.end(connection.id);
  const left = await Promise.allSettled([leaveAllRooms(deps, socket.data.memberId, connection), leaveAllWorkshops(deps, socket.data.memberId, connection)]);
  for (const result of left) if (result.status === 'rejected') deps.log.error({ err: result.reason }, 'a connection could not leave everything');
}

async function openRoutes(web: Express, world: World, deps: Deps, metrics: Metrics, drain: Drain, moving: MoveOut): Promise<void> {
  web.disable('x-powered-by').set('trust proxy', world.trustProxy).set('query parser', 'simple');
  web.use(drain.follow, giveRequestId, secureHeaders(world.publicUrl.startsWith('https:')));
  web.use(healthRoutes(world.parts, () => moving.hasBegun() || drain.hasBegun(), metrics.registry));
  // Signed over its very bytes, and sent by Stripe, which has no origin: before the parser and the origin check.
  web.post('/api/stripe/webhook', express.raw({ type: () => true, limit: sizes.webhookBodyBytes }), webhookRoute(deps, webhookFollowers));
  web.use(checkOrigin(ownOrigin(world.publicUrl)));
  if (world.sandbox) web.use('/stripe-sandbox', offerConsole(deps), onlyWhereOffered(world.sandbox.console), world.sandbox.pages);
  web.use('/api', express.json({ limit: sizes.httpBodyBytes, strict: true }));
  mountRoutes(web, featureRoutes(deps), { limits: deps.limits, whoAsks: whoAsks(deps) });
  web.get('/api/certificates/:certificateId/pdf', certificatePdf(deps));
  web.get('/api/workshops/:workshopId/calendar.ics', workshopFile(deps));
  web.get('/api/calendar/:token.ics', feedFile(deps));
  web.use('/api', notFound);
  web.get('/.well-known/jwks.json', publishKeys);
  web.use('/certificates', keepFromSearch);
  if (world.clientDir) web.use(await servePage(world.clientDir, headOf));
  web.use(notFound, answerErrors(world.log));
}
