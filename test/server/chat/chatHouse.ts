/** A house with tiers and rooms to talk in. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { SendMessage } from '../../../shared/contracts/chat.js';
import type { Reply } from '../../../shared/failures.js';
import { Room } from '../../../server/models/room.js';
import { Tier } from '../../../server/models/tier.js';
import { openHouse, type House, type HouseOptions } from '../../support/house.js';

export interface ChatHouse {
  house: House;
  /** Everybody's room. */
  general: string;
  /** The supporters' room. */
  lounge: string;
  /** The staff's room. */
  backstage: string;
}

export async function openChatHouse(options: HouseOptions = {}): Promise<ChatHouse> {
  const house = await openHouse(options);
  await Tier.create({ key: 'supporter', name: 'Supporter', rank: 1, perks: [] });
  const rooms = await Room.create([
    { name: 'general', topic: '', gate: { kind: 'tier', tierKey: 'free', rank: 0 }, isListed: true },
    { name: 'lounge', topic: '', gate: { kind: 'tier', tierKey: 'supporter', rank: 1 }, isListed: true },
    { name: 'backstage', topic: '', gate: { kind: 'staff' }, isListed: true },
  ]);
  const [general = '', lounge = '', backstage = ''] = rooms.map((room) => String(room._id));
  return { house, general, lounge, backstage };
}

/** A new message, as a client names it. */
export function say(roomId: string, text: string, more: Partial<z.input<typeof SendMessage>> = {}): SendMessage {
  return SendMessage.parse({ roomId, clientMessageId: randomUUID(), text, ...more });
}

/** What became of a call: `ok`, or why it was refused. */
export function outcomeOf(reply: Reply<unknown>): string {
  return reply.ok ? 'ok' : reply.failure.code;
}
