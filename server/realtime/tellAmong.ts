/** Tells some members, as far as they are in a channel: who may hear it was judged when the channel was entered. */
import type { Ground } from '../ground.js';
import type { Bus } from '../platform/bus.js';
import { memberChannel } from './channels.js';
import type { AppIo } from './connection.js';

/** What travels between nodes. */
interface Among {
  memberIds: string[];
  within: string;
  name: string;
  data: unknown;
}

/** Socket.IO reaches whoever is in one channel or another, never only those in both: so each node looks among its own. */
export function createTellAmong(io: AppIo, bus: Bus): Ground['tellAmong'] {
  bus.subscribe('among', (said) => {
    const { memberIds, within, name, data } = said as Among;
    const inside = io.sockets.adapter.rooms.get(within);
    if (!inside) return;
    const hearing = memberIds.flatMap((memberId) => [...(io.sockets.adapter.rooms.get(memberChannel(memberId)) ?? [])].filter((id) => inside.has(id)));
    if (hearing.length > 0) io.local.to(hearing).emit(name as never, data);
  });
  return (memberIds, within, push, data) => {
    if (memberIds.length > 0) bus.publish('among', { memberIds: [...memberIds], within, name: push.name, data } satisfies Among);
  };
}
