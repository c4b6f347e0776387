/** How connections inside workshops are judged when rights change. */
import { community } from '../../shared/contracts/community.js';
import { rights } from '../../shared/contracts/rights.js';
import { stageDoor } from '../access/accessStage.js';
import { judgePresent, judgeWorkshop, type WorkshopRight } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Workshop } from '../models/workshop.js';
import { connectionChannel, presentersChannel, stageChannel } from '../realtime/channels.js';
import type { ChannelJudge } from '../realtime/rejudge.js';
import { letOut } from './inside/letOut.js';

/** Whoever may no longer enter is out: of the channels, the stage and the attendance, and is told why. */
export function workshopJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'workshop',
    mayStay: async (actor, workshopId) => (await rightTo(deps, actor, workshopId))?.canEnter ?? false,
    async onOut(actor, workshopId, connection, reason) {
      await letOut(deps, workshopId, actor.memberId, connection, 'removed');
      deps.publish(connectionChannel(connection.id), rights.leftWorkshop, { workshopId, reason });
    },
  };
}

/** Whoever may no longer host goes off the stage, and may come back to it as audience, or to its lobby. */
export function hostsJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'hosts',
    mayStay: async (actor, workshopId) => (await rightTo(deps, actor, workshopId))?.canHost ?? false,
    async onOut(_actor, workshopId, connection) {
      await Promise.all([connection.leave(stageChannel(workshopId)), connection.leave(presentersChannel(workshopId)), deps.stages.leave(workshopId, connection.id)]);
    },
  };
}

/** Whoever may no longer moderate the questions hears of them as the audience does, beginning with all of them anew. */
export function queueJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'queue',
    mayStay: async (actor, workshopId) => (await rightTo(deps, actor, workshopId))?.canModerate ?? false,
    async onOut(_actor, _workshopId, connection) {
      deps.publish(connectionChannel(connection.id), community.resync, {});
      await Promise.resolve();
    },
  };
}

/** Whoever may no longer present sends nothing any more, and stays as audience; a rehearsal they leave altogether. */
export function presentersJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'presenters',
    async mayStay(actor, workshopId) {
      const workshop = await Workshop.findById(workshopId).lean();
      return workshop !== null && judgePresent(actor, workshop, await judgeWorkshop(actor, workshop, deps.now()), deps.now());
    },
    async onOut(actor, workshopId, connection) {
      const workshop = await Workshop.findById(workshopId).lean();
      const canPresent = workshop !== null && (await judgePresent(actor, workshop, await judgeWorkshop(actor, workshop, deps.now()), deps.now()));
      const isOpen = workshop !== null && stageDoor(workshop, canPresent) === 'open';
      if (isOpen) await deps.stages.endPresenting(workshopId, connection.id);
      else await Promise.all([connection.leave(stageChannel(workshopId)), deps.stages.leave(workshopId, connection.id)]);
    },
  };
}

async function rightTo(deps: Deps, actor: Actor, workshopId: string): Promise<WorkshopRight | null> {
  const workshop = await Workshop.findById(workshopId).lean();
  return workshop && judgeWorkshop(actor, workshop, deps.now());
}
