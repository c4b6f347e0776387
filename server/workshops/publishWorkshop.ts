import { createHash } from 'node:crypto';
import { Types } from 'mongoose';
import type { PublishWorkshop, WorkshopView } from '../../shared/contracts/workshops.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { isDuplicate } from '../models/duplicate.js';
import { Member } from '../models/member.js';
import { Room } from '../models/room.js';
import { Seats } from '../models/seats.js';
import { saleOf, Workshop, type WorkshopDocument } from '../models/workshop.js';
import { judgeSale } from './publishing/judgeSale.js';
import { tellWorkshop } from './tellWorkshop.js';
import { viewWorkshop } from './workshops.views.js';

/**
 * Publishes a workshop with its room and its seats, once per `clientWorkshopId`.
 *
 * The workshop is written last: until it is there nobody can see it, and as all three ids follow from `clientWorkshopId`, a
 * retry after a crash finds what the first try left and goes on from there.
 *
 * @throws member.not_found - one of the hosts is not a member who may host.
 * @throws price.too_small | tier.not_found - a price could not be charged, or a rule is for members of a tier that there is not.
 */
export async function publishWorkshop(deps: Deps, actor: Actor, input: PublishWorkshop): Promise<WorkshopView> {
  const standing = await Workshop.findOne({ clientWorkshopId: input.clientWorkshopId }).lean();
  if (standing) return viewWorkshop(actor, standing, deps.now());

  await judgeSale(input);
  const workshop: WorkshopDocument = {
    ...input,
    _id: idFrom('workshop', input.clientWorkshopId),
    roomId: idFrom('room', input.clientWorkshopId),
    hostIds: await hostsAmong(input.hostIds),
    startsAt: new Date(input.startsAt),
    state: 'scheduled',
    liveAt: null,
    endedAt: null,
  };
  await prepare(workshop);
  const stored = await storeOnce(workshop);
  if (stored.isNew) {
    // Hosts and staff are to hear its room's bell.
    deps.gatesChanged();
    await tellWorkshop(deps, stored.workshop);
  }
  // Another try came first, perhaps with other words: what this one prepared gives way to what stands.
  else await prepare(stored.workshop);
  return viewWorkshop(actor, stored.workshop, deps.now());
}

/** Puts up the room and the seats a workshop needs. Doing it again changes nothing. */
async function prepare(workshop: WorkshopDocument): Promise<void> {
  const room = { name: workshop.title, topic: '', gate: { kind: 'workshop' as const, workshopId: workshop._id }, isListed: false };
  await Promise.all([Room.updateOne({ _id: workshop.roomId }, { $set: room }, { upsert: true }), Seats.open(workshop._id, saleOf(workshop).pools)]);
}

async function hostsAmong(ids: readonly string[]): Promise<Types.ObjectId[]> {
  const wanted = [...new Set(ids)];
  const people = await Member.people(wanted);
  const areHosts = wanted.every((id) => ['host', 'organizer'].includes(people.get(id)?.role ?? ''));
  if (!areHosts) throw new AppError('member.not_found');
  return wanted.map((id) => new Types.ObjectId(id));
}

async function storeOnce(workshop: WorkshopDocument): Promise<{ workshop: WorkshopDocument; isNew: boolean }> {
  try {
    await Workshop.create(workshop);
    return { workshop, isNew: true };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return { workshop: await Workshop.findById(workshop._id).orFail().lean(), isNew: false };
  }
}

/** The same id for the same name, every time. */
function idFrom(kind: string, clientId: string): Types.ObjectId {
  return new Types.ObjectId(createHash('sha256').update(`${kind}:${clientId}`).digest('hex').slice(0, 24));
}
