import { chat } from '../../shared/contracts/chat.js';
import type { Deps } from '../deps.js';
import { roomChannel } from '../realtime/channels.js';
import { RoomQueue } from './roomQueue.js';
import type { Timeline } from './timeline.js';

/** The timelines of all rooms, as far as this node writes them: one queue a room. */
export function createTimeline(deps: Pick<Deps, 'publish' | 'now' | 'log'>): Timeline {
  const queues = new Map<string, RoomQueue>();

  const queueOf = (roomId: string): RoomQueue => {
    const known = queues.get(roomId);
    if (known) return known;
    const queue = new RoomQueue(roomId, (messages) => deps.publish(roomChannel(roomId), chat.posted, { roomId, threadId: null, messages }), deps.log);
    queues.set(roomId, queue);
    return queue;
  };

  return {
    post: (author, input) => queueOf(input.roomId).post(author, input, deps.now()),
    async drain() {
      await Promise.all([...queues.values()].map((queue) => queue.idle()));
    },
  };
}
