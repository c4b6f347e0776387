import { note } from '../../api/connectionLog.js';
import { hasGap } from '../timeline.js';
import type { Seat } from './timelineState.js';

/** Remembers how the timeline stands; what is answered then says that it was checked, and writes down what was missing. */
export function watchFound({ get, change }: Seat): () => void {
  const before = get().timeline;
  return () => {
    const { timeline, room, status } = get();
    if (status !== 'in') return;
    change({ checkedAt: Date.now() });
    // The first page is no catching up; nor is a window of the past, which stands where it was put.
    if (before.top === null || timeline.top === null || !before.isLive || !timeline.isLive) return;
    const found = { messages: timeline.top - before.top, changes: (timeline.rev ?? 0) - (before.rev ?? 0) };
    if (found.messages > 0 || found.changes > 0) note({ kind: 'caughtUp', room: room?.name ?? '', upTo: timeline.top, gap: hasGap(before) && before.ahead.length > 0, ...found });
  };
}
