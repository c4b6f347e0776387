import { chat } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import type { Deps } from '../deps.js';
import { roomChannel } from '../realtime/channels.js';
import { RoomQueue } from './roomQueue.js';
import type { Timeline } from './timeline.js';

export interface TimelineDeps extends Pick<Deps, 'publish' | 'now' | 'log'> {
  /** Hears of what this node has stored and told, from `first` to `last`. */
  onPosted(roomId: string, threadId: string | null, first: number, last: number): void;
}

/** The timelines of all rooms, as far as this node writes them: one queue a room. */
export function createTimeline(deps: TimelineDeps): Timeline {
  const queues = new Map<string, RoomQueue>();
  const tell = (roomId: string, messages: MessageView[]): void => {
    deps.publish(roomChannel(roomId), chat.posted, { roomId, threadId: null, messages });
    deps.onPosted(roomId, null, messages[0]?.seq ?? 0, messages.at(-1)?.seq ?? 0);
  };

  const queueOf = (roomId: string): RoomQueue => {
    const known = queues.get(roomId);
    if (known) return known;
    const queue = new RoomQueue(roomId, (messages) => tell(roomId, messages), deps.log);
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
