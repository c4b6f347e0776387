/** Fills an empty store with the demo community, through the same verbs as an organizer would. */
import { SendMessage } from '../../shared/contracts/chat.js';
import { randomBytes } from 'node:crypto';
import { viewPerson, type Actor } from '../access/actor.js';
import { saveCommunity } from '../community/saveCommunity.js';
import type { Deps } from '../deps.js';
import { hashPassword } from '../members/passwords.js';
import { Grant } from '../models/grant.js';
import { HouseSecret } from '../models/houseSecret.js';
import { isDuplicate } from '../models/duplicate.js';
import { Member } from '../models/member.js';
import { Room } from '../models/room.js';
import { Tier } from '../models/tier.js';
import { createRoom } from '../rooms/createRoom.js';
import { saveTier } from '../tiers/saveTier.js';
import { setPrice } from '../tiers/setPrice.js';
import { publishWorkshop } from '../workshops/publishWorkshop.js';
import { demoFreeTier, demoMessages, demoName, demoPeople, demoPrices, demoRooms, demoTiers, demoWorkshops, type DemoPerson } from './demoCommunity.js';

/**
 * Seeds the demo into a store that nobody has joined yet, or finishes a seeding that was cut off.
 *
 * @returns the password of the demo's sign-ins, or null where there is no demo. It is made for this store alone: a demo
 * that is reachable from outside is not open to whoever has read the source.
 */
export async function seedDemo(deps: Deps, maySeed: boolean): Promise<string | null> {
  const isEmpty = (await Member.findOne().lean()) === null;
  if (isEmpty && maySeed) await HouseSecret.keepOnce('demoPassword', randomBytes(6).toString('hex'));
  const password = (await HouseSecret.findById('demoPassword').lean())?.value ?? null;
  if (password === null || (await HouseSecret.exists({ _id: 'demoDone' }))) return password;

  const people = await makePeople(deps, password);
  const [organizer, host] = people;
  if (!organizer || !host) throw new Error('the demo has an organizer and a host');
  await Tier.updateOne({ rank: 0 }, { $set: demoFreeTier });
  for (const tier of demoTiers) await saveTier(deps, organizer, tier);
  for (const price of demoPrices) await setPrice(deps, organizer, price);
  await saveCommunity(deps, organizer, demoName);
  for (const room of demoRooms) if (!(await Room.exists({ name: room.name, isListed: true }))) await createRoom(deps, organizer, room);
  for (const workshop of demoWorkshops(deps.now(), host.memberId)) await publishWorkshop(deps, organizer, workshop);
  await sayHello(deps, people);
  await HouseSecret.keepOnce('demoDone', 'done');
  return password;
}

async function makePeople(deps: Deps, password: string): Promise<Actor[]> {
  const passwordHash = await hashPassword(password);
  return Promise.all(demoPeople.map((person) => makePerson(deps, person, passwordHash)));
}

async function makePerson(deps: Deps, { email, name, role, tierKey }: DemoPerson, passwordHash: string): Promise<Actor> {
  await Member.create({ email, name, role, passwordHash, language: 'en', theme: 'system', joinedAt: deps.now() }).catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
  });
  const memberId = String((await Member.findOne({ email }).orFail().lean())._id);
  if (tierKey) await Grant.giveOnce(memberId, { kind: 'tier', ref: tierKey }, { kind: 'gift', id: memberId }, deps.now());
  return { memberId, sessionId: '', name, role, tierRank: 0, restrictions: [] };
}

async function sayHello(deps: Deps, people: readonly Actor[]): Promise<void> {
  for (const { room: name, author, clientMessageId, text } of demoMessages) {
    const room = await Room.findOne({ name, isListed: true }).orFail().lean();
    const speaker = people[author];
    if (speaker) await deps.timeline.post({ author: viewPerson(speaker), input: SendMessage.parse({ roomId: String(room._id), clientMessageId, text }) });
  }
}
