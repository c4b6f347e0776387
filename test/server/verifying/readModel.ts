/** What a client holds of what it read, kept true by pushes: where one says "ask again", it asks. */
import { reading, type ReadStateView } from '../../../shared/contracts/reading.js';
import { limits } from '../../../shared/limits.js';
import type { TimelineKey } from '../../../server/models/messages/message.js';
import { readPush, type Heard, type Keeper } from './clientModel.js';
import { dataOf } from '../members/browser.js';
import { listOf, stateOf } from '../reading/readHouse.js';

/** A part of the state, and whether it has to be asked for again. */
interface Asked<S> {
  state: S;
  isStale: boolean;
}

/** How one stands to a timeline. */
export function readStateKeeper(at: TimelineKey): Keeper<Asked<ReadStateView>> {
  return asking({
    name: at.threadId === null ? 'the room' : 'the thread',
    fetch: async (guest) => withoutUntold(await stateOf(guest, at.roomId, at.threadId)),
    hear(held, push) {
      const { state, isStale } = hearState(at, held, push);
      return { state: withoutUntold(state), isStale };
    },
  });
}

/** Of a thread that is not followed nobody is told how far it goes. */
function withoutUntold(state: ReadStateView): ReadStateView {
  return state.threadId === null || state.isFollowed ? state : { ...state, readSeq: 0, lastSeq: 0 };
}

function hearState(at: TimelineKey, { state, isStale }: Asked<ReadStateView>, push: Heard): Asked<ReadStateView> {
  const isHere = (told: TimelineKey): boolean => told.roomId === at.roomId && told.threadId === at.threadId;
  const changed = readPush(reading.changed, push);
  if (changed && isHere(changed)) return { state: changed.version >= state.version ? changed : state, isStale };
  const called = readPush(reading.called, push);
  if (called && isHere(called)) return { state, isStale: true };
  const rang = readPush(reading.rang, push);
  if (!rang || !isHere({ ...rang, threadId: null })) return { state, isStale };
  // What is counted already is counted on; who called or what is gone is asked, and so is the first one.
  const more = Math.max(0, rang.lastSeq - state.lastSeq);
  const unread = state.unread > 0 ? Math.min(limits.unreadMax, state.unread + more) : 0;
  return { state: { ...state, lastSeq: state.lastSeq + more, unread }, isStale: isStale || ((rang.calls || state.unread === 0) && rang.lastSeq > state.readSeq) };
}

/** The followed threads of a room in which something is unread. */
export function unreadThreadsKeeper(roomId: string): Keeper<Asked<ReadStateView[]>> {
  return asking({
    name: 'the threads to be read',
    fetch: async (guest) => (await listOf(guest)).threads.filter((thread) => thread.roomId === roomId).map(({ root: _root, ...state }) => state),
    hear({ state, isStale }, push) {
      const changed = readPush(reading.changed, push);
      if (changed?.roomId === roomId && changed.threadId !== null) {
        const others = state.filter(({ threadId }) => threadId !== changed.threadId);
        return { state: changed.unread > 0 ? [...others, changed] : others, isStale };
      }
      const called = readPush(reading.called, push);
      return { state, isStale: isStale || (called?.roomId === roomId && called.threadId !== null) };
    },
  });
}

/** Which messages of a room call one. */
export function mentionsKeeper(roomId: string): Keeper<Asked<string[]>> {
  return asking({
    name: 'the mentions',
    fetch: async (guest) => dataOf(await guest.call(reading.mentions, {})).messages.filter((message) => message.roomId === roomId).map(({ id }) => id),
    hear: ({ state, isStale }, push) => ({ state, isStale: isStale || readPush(reading.called, push)?.roomId === roomId || readPush(reading.rang, push)?.calls === true }),
  });
}

/** A keeper that asks again where it was told to. */
function asking<S>({ name, fetch, hear }: { name: string; fetch: Keeper<S>['fetch']; hear: Keeper<Asked<S>>['hear'] }): Keeper<Asked<S>> {
  const ask: Keeper<Asked<S>>['fetch'] = async (guest) => ({ state: await fetch(guest), isStale: false });
  return { name, fetch: ask, hear, settle: async (guest, held) => (held.isStale ? ask(guest) : held) };
}
