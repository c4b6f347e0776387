/** A crowd for a bench: members, their sessions and one open room, put into the store directly; signing up 500 people is not what is measured. */
import { randomUUID } from 'node:crypto';
import mongoose, { Types } from 'mongoose';
import { Member } from '../../../server/models/member.js';
import { Room } from '../../../server/models/room.js';
import { Session } from '../../../server/models/session.js';
import { createTokens } from '../../../server/platform/tokens.js';

export interface Crowd {
  roomId: string;
  /** An access token for each member. */
  tokens: string[];
  close(): Promise<void>;
}

export async function openCrowd(storeUri: string, jwtSecret: string, size: number): Promise<Crowd> {
  await mongoose.connect(storeUri);
  const now = new Date();
  const people = Array.from({ length: size }, (_, index) => ({ memberId: new Types.ObjectId(), sessionId: new Types.ObjectId(), name: `Member ${index}` }));
  // Moderators: so much said by members would make the room slow by itself.
  await Member.insertMany(people.map((one) => ({ _id: one.memberId, email: `${randomUUID()}@example.org`, name: one.name, passwordHash: 'none', role: 'moderator', joinedAt: now })));
  await Session.insertMany(
    people.map((one) => ({ _id: one.sessionId, memberId: one.memberId, familyHash: randomUUID(), tokenHash: randomUUID(), rotatedAt: now, device: 'bench', createdAt: now, expiresAt: new Date(now.getTime() + 86_400_000) })),
  );
  const room = await Room.create({ name: `bench-${randomUUID().slice(0, 8)}`, topic: '', gate: { kind: 'tier', tierKey: 'free', rank: 0 }, isListed: true });
  const tokens = createTokens(jwtSecret, () => new Date(), 3600);
  return {
    roomId: String(room._id),
    tokens: people.map((one) => tokens.sign({ memberId: String(one.memberId), sessionId: String(one.sessionId) }).token),
    close: () => mongoose.disconnect(),
  };
}
