import { Types } from 'mongoose';
import type { Mentions } from '../../shared/contracts/messages.js';
import type { StoredMentions } from '../models/messages/message.js';

/** Mentions as they are kept, each once; undefined where nobody is called. */
export function storeMentions({ memberIds, room, tierKeys }: Mentions): StoredMentions | undefined {
  if (memberIds.length === 0 && !room && tierKeys.length === 0) return undefined;
  return { memberIds: [...new Set(memberIds)].map((id) => new Types.ObjectId(id)), room, tierKeys: [...new Set(tierKeys)] };
}
