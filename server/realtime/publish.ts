/** Tells a channel, on every node or on this one. */
import type { z } from 'zod';
import type { Push } from '../../shared/define.js';
import type { Ground } from '../ground.js';
import { behindChannel, type Channel } from './channels.js';
import type { AppIo } from './connection.js';

/**
 * Fire and forget: Socket.IO delivers at most once, and what must not be missed is asked again by `seq` or by list.
 *
 * @param onSpared - hears how many connections of this node were not told, because they are behind and it may be dropped.
 */
export function createPublish(io: AppIo, onSpared: (count: number) => void): Ground['publish'] {
  return (channel, push, data, except = []) => {
    const left = push.mayBeDropped ? [behindChannel, ...[except].flat()] : except;
    if (push.mayBeDropped) tellSpared(io, channel, onSpared);
    io.to(channel).except(left).emit(push.name as never, data);
  };
}

/** Tells those of a channel who are connected to this node, for news that reached each node by itself. Answers how many connections that are. */
export type TellHere = <P extends Push>(channel: Channel, push: P, data: z.input<P['data']>) => number;

export function createTellHere(io: AppIo): TellHere {
  return (channel, push, data) => {
    io.local.to(channel).emit(push.name as never, data);
    return io.sockets.adapter.rooms.get(channel)?.size ?? 0;
  };
}

function tellSpared(io: AppIo, channel: Channel, onSpared: (count: number) => void): void {
  const { rooms } = io.sockets.adapter;
  const behind = rooms.get(behindChannel);
  const inside = behind && rooms.get(channel);
  if (inside) onSpared([...behind].filter((id) => inside.has(id)).length);
}
