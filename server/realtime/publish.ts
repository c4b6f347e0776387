/** Tells a channel, on every node. */
import type { Deps } from '../deps.js';
import type { AppIo } from './createIo.js';

/** Fire and forget: Socket.IO delivers at most once, and what must not be missed is asked again by `seq` or by list. */
export function createPublish(io: AppIo): Deps['publish'] {
  return (channel, push, data, except) => {
    const heard = io.to(channel);
    (except ? heard.except(except) : heard).emit(push.name as never, data);
  };
}
