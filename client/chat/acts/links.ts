/** Addresses of rooms, threads and messages. */
import type { Place } from '../session/timelineState.js';

/** The path of a timeline's page. */
export function timelinePath({ roomId, threadId }: Place): string {
  return threadId === null ? `/rooms/${roomId}` : `/rooms/${roomId}/threads/${threadId}`;
}

/** The name of the parameter that says which message, by its `seq`, is to be shown. */
const messageParameter = 'message';

/** The path of a message: its timeline's page, opened where it stands. */
export function messagePath(place: Place, seq: number): string {
  return `${timelinePath(place)}?${messageParameter}=${seq}`;
}

/** Which message an address asks for; null where it asks for none. */
export function readMessageParameter(search: URLSearchParams): number | null {
  const seq = Number(search.get(messageParameter));
  return Number.isSafeInteger(seq) && seq > 0 ? seq : null;
}
