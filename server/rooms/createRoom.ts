import { rooms, type CreateRoom, type RoomView } from '../../shared/contracts/rooms.js';
import { AppError } from '../../shared/failures.js';
import { mayModerate } from '../access/accessModeration.js';
import { viewRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import { followTierRank } from '../access/followTierRank.js';
import type { Deps } from '../deps.js';
import { isDuplicate } from '../models/duplicate.js';
import { Room, type RoomDocument, type StoredGate } from '../models/room.js';
import { Tier } from '../models/tier.js';
import { everyoneChannel } from '../realtime/channels.js';

/**
 * Makes a room, listed in the directory.
 *
 * @throws tier.not_found - the gate names a tier that is not there.
 * @throws room.name_taken - another listed room has this name.
 */
export async function createRoom(deps: Deps, actor: Actor, input: CreateRoom): Promise<RoomView> {
  const room = await store(input, await readGate(input.gate));
  // All who may enter it are to hear its bell.
  deps.gatesChanged();
  deps.publish(everyoneChannel, rooms.changed, {});
  return viewRoom(room, { lastSeq: 0, mayModerate: await mayModerate(actor, room, deps.now()) });
}

async function readGate(gate: CreateRoom['gate']): Promise<StoredGate> {
  if (gate.kind === 'staff') return gate;
  const tier = await Tier.findOne({ key: gate.tierKey }).lean();
  if (!tier) throw new AppError('tier.not_found');
  return { kind: 'tier', tierKey: tier.key, rank: tier.rank };
}

async function store({ name, topic }: CreateRoom, gate: StoredGate): Promise<RoomDocument> {
  try {
    const room = await Room.create({ name, topic, gate, isListed: true });
    // The tier may have been given another rank since it was read.
    if (gate.kind === 'tier') await followTierRank(gate.tierKey);
    return await Room.findById(room._id).orFail().lean();
  } catch (error) {
    throw isDuplicate(error) ? new AppError('room.name_taken') : error;
  }
}
