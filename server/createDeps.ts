/** What verbs are handed, put together from the outside world; and the judging that keeps connections true to their rights. */
import { rights } from '../shared/contracts/rights.js';
import { readRoom } from './access/accessRoom.js';
import { createAudienceNews } from './audience/audienceNews.js';
import { createHereNews } from './chat/hereNews.js';
import { roomJudge, threadJudge } from './chat/roomJudge.js';
import { createChangeLog } from './chat/timeline/createChangeLog.js';
import { createTimeline } from './chat/timeline/createTimeline.js';
import type { Deps } from './deps.js';
import type { RightsChange } from './ground.js';
import { keepBriefly } from './models/asking/keepBriefly.js';
import { createCrowdWatch, type CrowdWatch } from './moderation/mode/crowdWatch.js';
import { createRosterKeeper } from './onStage/following/rosterKeeper.js';
import { createAskStripe } from './platform/askStripe.js';
import { createSoon } from './platform/soon.js';
import { createPollNews } from './polls/pollNews.js';
import { createQueueNews } from './questions/queueNews.js';
import { createBells } from './reading/bells/bells.js';
import { followBells } from './reading/bells/followBells.js';
import { createTails } from './reading/counting/tails.js';
import type { Actors } from './realtime/actors.js';
import { memberChannel, sessionChannel } from './realtime/channels.js';
import type { AppIo } from './realtime/connection.js';
import { createRejudge, type Rejudge } from './realtime/rejudge.js';
import { roleJudge } from './realtime/roleJudge.js';
import { createTellHere, type TellHere } from './realtime/publish.js';
import { createTellAmong } from './realtime/tellAmong.js';
import { createStepNews } from './steps/stepNews.js';
import { tellStageNews } from './workshops/stage/tellStageNews.js';
import { hostsJudge, presentersJudge, queueJudge, workshopJudge } from './workshops/workshopJudge.js';
import type { World } from './world.js';

type RightsNews = Pick<RightsChange, 'memberId' | 'reason'>;

/** @param publish - as `createPublish` makes it. */
export function createDeps(world: World, io: AppIo, publish: Deps['publish'], actors: Actors): { deps: Deps; rejudge: Rejudge; crowds: CrowdWatch } {
  const { createStages, adapter: _adapter, clientDir: _clientDir, sandbox: _pages, trustProxy: _trust, parts: _parts, nodes: _nodes, ...outside } = world;
  const rooms = keepRooms(world);
  const crowds = createCrowdWatch({ publish, presence: world.presence, roomChanged: rooms.roomChanged, now: world.now, log: world.log });
  const tellHere = createTellHere(io);
  const ringing = createRinging(world, io, tellHere);
  const changes = createChangeLog({ publish, now: world.now, log: world.log });
  const soon = createSoon(world.log);
  const judging = createJudging(world, publish, (news) => rejudge.member(news.memberId, news.reason));
  const deps: Deps = {
    ...outside,
    ...judging,
    ...rooms,
    publish,
    ...ringing,
    changes,
    timeline: createTimeline({ tellHere, changes, bells: ringing.bells, bus: world.bus, now: world.now, log: world.log, onPosted: crowds.posted }),
    here: createHereNews({ publish, presence: world.presence, bus: world.bus, log: world.log, now: world.now }),
    soon,
    askStripe: createAskStripe(world.payments, world.log),
    pollNews: createPollNews({ publish, soon, bus: world.bus, now: world.now }),
    stepNews: createStepNews({ publish, soon, bus: world.bus, now: world.now }),
    queueNews: createQueueNews({ publish, soon, now: world.now }),
    audience: createAudienceNews({ publish, presence: world.presence, log: world.log }),
    rosters: createRosterKeeper({ publish, judgeAgain: judging.judgeAgain, now: world.now, log: world.log }),
    stages: createStages((news) => tellStageNews(publish, news)),
  };
  const judges = [roomJudge(deps), threadJudge(deps), workshopJudge(deps), hostsJudge(deps), queueJudge(deps), presentersJudge(deps), roleJudge];
  const rejudge = createRejudge(io, actors, { judges, followers: [followBells(deps)] }, world.log);
  world.bus.subscribe('gates', () => void rejudge.everyone());
  world.bus.subscribe('session', (sessionId) => {
    actors.forgetAll();
    io.local.in(sessionChannel(sessionId as string)).disconnectSockets(true);
  });
  return { deps, rejudge, crowds };
}

/** How a node tells all nodes that somebody's rights, gates or sessions are not what they were. */
function createJudging({ bus }: World, publish: Deps['publish'], judge: (news: RightsNews) => Promise<void>): Pick<Deps, 'judgeAgain' | 'rightsChanged' | 'gatesChanged' | 'sessionEnded'> {
  let judged: Promise<void> = Promise.resolve();
  bus.subscribe('rights', (news) => {
    judged = judge(news as RightsNews);
  });
  const judgeAgain: Deps['judgeAgain'] = async (memberId, reason = null) => {
    bus.publish('rights', { memberId, reason } satisfies RightsNews);
    // This node hears its own news at once, so the judgement awaited here is this change's.
    await judged;
  };
  return {
    judgeAgain,
    async rightsChanged({ memberId, scope, change, reason }) {
      await judgeAgain(memberId, reason);
      publish(memberChannel(memberId), rights.changed, { scope, change, reason });
    },
    gatesChanged: () => bus.publish('gates', null),
    async sessionEnded(sessionId) {
      bus.publish('session', sessionId);
      await Promise.resolve();
    },
  };
}

/** The rooms that are spoken in, and how a node tells all nodes that one is not what it was. */
function keepRooms({ bus }: World): Pick<Deps, 'rooms' | 'roomChanged'> {
  const rooms = keepBriefly(readRoom);
  bus.subscribe('room', (roomId) => rooms.forget(roomId as string));
  bus.subscribe('gates', () => rooms.forgetAll());
  return { rooms, roomChanged: (roomId) => bus.publish('room', roomId) };
}

/** What tells those who are elsewhere that something was said. */
function createRinging({ bus, log }: World, io: AppIo, tellHere: TellHere): Pick<Deps, 'tellAmong' | 'tails' | 'bells'> {
  const tellAmong = createTellAmong(io, bus);
  // Before the bells: whoever rings must not count what it rings for out of an old tail.
  const tails = createTails({ bus });
  return { tellAmong, tails, bells: createBells({ tellHere, tellAmong, tails, bus, log }) };
}
