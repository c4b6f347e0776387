import type { MessageView } from '../../../shared/contracts/messages.js';
import { reading } from '../../../shared/contracts/reading.js';
import type { Ground } from '../../ground.js';
import type { MessageDocument, TimelineKey } from '../../models/messages/message.js';
import { ReadMark } from '../../models/reading/readMark.js';
import { bellChannel } from '../../realtime/channels.js';
import type { TellHere } from '../../realtime/publish.js';
import type { Tails } from '../counting/tails.js';
import { roomNewsTopic, type RoomNews } from '../roomNews.js';

/** Tells those who are elsewhere that something was said: a room's bell to all who may enter it, and whoever is called by name. */
export interface Bells {
  /** Messages of one timeline were stored; rising by `seq`. */
  posted(messages: readonly MessageView[]): void;
  /** A message was changed. Of what it became only that it is gone, and whom it calls, is counted and told. */
  changed(before: MessageDocument, after: MessageDocument): void;
  /** Tells nothing more. */
  close(): void;
}

/** What a room's bell says, gathered until it may ring again. */
type Ring = Pick<RoomNews, 'lastSeq' | 'calls'>;

interface Needs extends Pick<Ground, 'tellAmong' | 'bus' | 'log'> {
  tails: Tails;
  tellHere: TellHere;
}

/** The least time between two rings of one room's bell (ms), and how much longer it is for each who hears it: what rings cost does not rise with the crowd. */
const pauseMs = 1_000;
const pausePerHearerMs = 10;

/**
 * Each node rings for those who are connected to it, when it hears the news of a room: so that a bell rings once in a while
 * however many nodes a room is spoken in on.
 */
export function createBells(deps: Needs): Bells {
  const ring = createRinging((roomId, news) => tell(deps, roomId, news));
  const tellNews = (news: RoomNews): void => deps.bus.publish(roomNewsTopic, news);
  deps.bus.subscribe(roomNewsTopic, (data) => {
    const { roomId, ...news } = data as RoomNews;
    ring.room(roomId, news);
  });

  return {
    posted(messages) {
      const [first] = messages;
      if (!first) return;
      const { roomId, threadId } = first;
      const authors = new Set(messages.map(({ author }) => author.id));
      // Whoever is alone in having written calls nobody but others.
      const self = authors.size === 1 ? first.author.id : null;
      const named = messages.flatMap(({ author, mentions }) => mentions.people.map(({ id }) => id).filter((id) => id !== author.id));
      const calls = messages.some(({ mentions }) => mentions.room || mentions.tierKeys.length > 0);
      if (threadId === null) {
        tellNews({ roomId, lastSeq: messages.at(-1)?.seq ?? null, calls, isChange: false });
        callThem(deps, { roomId, threadId }, named);
      } else {
        if (calls) tellNews({ roomId, lastSeq: null, calls, isChange: false });
        void callFollowers(deps, { roomId, threadId }, named, self);
      }
    },
    changed(before, after) {
      if (countsAs(before) === countsAs(after)) return;
      const [roomId, authorId] = [String(after.roomId), String(after.authorId)];
      const named = [before, after].flatMap(({ mentions }) => mentions?.memberIds.map(String) ?? []).filter((id) => id !== authorId);
      if (after.threadId) void callFollowers(deps, { roomId, threadId: String(after.threadId) }, named, authorId);
      else {
        tellNews({ roomId, lastSeq: null, calls: true, isChange: true });
        callThem(deps, { roomId, threadId: null }, named);
      }
    },
    close: () => ring.close(),
  };
}

/** A message as far as it is counted. */
function countsAs({ deleted, mentions }: MessageDocument): string {
  return JSON.stringify([Boolean(deleted), mentions?.memberIds.map(String) ?? [], mentions?.room ?? false, mentions?.tierKeys ?? []]);
}

function callThem({ tellAmong }: Needs, timeline: TimelineKey, memberIds: readonly string[]): void {
  tellAmong([...new Set(memberIds)], bellChannel(timeline.roomId), reading.called, timeline);
}

async function callFollowers(deps: Needs, timeline: TimelineKey & { threadId: string }, named: readonly string[], self: string | null): Promise<void> {
  try {
    const followers = await ReadMark.followersOf(timeline.threadId);
    callThem(deps, timeline, [...named, ...followers.filter((id) => id !== self)]);
  } catch (error) {
    deps.log.warn({ ...timeline, err: error }, 'those who follow a thread could not be told');
  }
}

/** Rings, and answers for how many. */
async function tell({ tellHere, tails, log }: Needs, roomId: string, { lastSeq, calls }: Ring): Promise<number> {
  try {
    const known = lastSeq ?? (await tails.of(new Map([[roomId, Infinity]]))).get(roomId)?.lastSeq ?? 0;
    return tellHere(bellChannel(roomId), reading.rang, { roomId, lastSeq: known, calls });
  } catch (error) {
    log.warn({ roomId, err: error }, "a room's bell could not be rung");
    return 0;
  }
}

/** Nodes hear of each other's news in any order: the furthest counts. */
function addTo(before: Ring, news: Ring): Ring {
  const known = [before.lastSeq, news.lastSeq].filter((seq) => seq !== null);
  return { lastSeq: known.length === 0 ? null : Math.max(...known), calls: before.calls || news.calls };
}

/** Rings a quiet bell at once, a busy one once in each pause, and always with the last news. */
function createRinging(ringFor: (roomId: string, news: Ring) => Promise<number>) {
  const pauses = new Map<string, { timer: NodeJS.Timeout | null; news: Ring | null }>();
  let isClosed = false;

  const ring = async (roomId: string, news: Ring): Promise<void> => {
    const pause: { timer: NodeJS.Timeout | null; news: Ring | null } = { timer: null, news: null };
    pauses.set(roomId, pause);
    const hearers = await ringFor(roomId, news);
    if (isClosed) return;
    pause.timer = setTimeout(() => {
      pauses.delete(roomId);
      if (pause.news && !isClosed) void ring(roomId, pause.news);
    }, pauseMs + hearers * pausePerHearerMs).unref();
  };

  return {
    room(roomId: string, news: Ring): void {
      if (isClosed) return;
      const pause = pauses.get(roomId);
      if (!pause) void ring(roomId, news);
      else pause.news = pause.news ? addTo(pause.news, news) : news;
    },
    close(): void {
      isClosed = true;
      for (const { timer } of pauses.values()) if (timer) clearTimeout(timer);
      pauses.clear();
    },
  };
}
