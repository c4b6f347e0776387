/** The names of channels, made here and nowhere else. */
import type { Role } from '../../shared/roles.js';
import type { Actor } from '../access/actor.js';

/** A channel is a name that connections are in. */
export type Channel = string & { readonly isChannel: true };

const channel = (name: string): Channel => name as Channel;

/** Everybody signed in. */
export const everyoneChannel: Channel = channel('everyone');
/** Everybody of one role. */
export const roleChannel = (role: Role): Channel => channel(`role:${role}`);
/** All connections of one member. */
export const memberChannel = (memberId: string): Channel => channel(`member:${memberId}`);
/** All connections of one signed-in browser. */
export const sessionChannel = (sessionId: string): Channel => channel(`session:${sessionId}`);
/** One connection alone; `connectionId` is the connection's id. */
export const connectionChannel = (connectionId: string): Channel => channel(connectionId);
/** This node's connections that are behind with reading: what may be dropped is not told to them. */
export const behindChannel: Channel = channel('behind');
/** The channels every connection is in for as long as it stands. */
export const standingChannels = (actor: Actor): Channel[] => [everyoneChannel, memberChannel(actor.memberId), sessionChannel(actor.sessionId), roleChannel(actor.role)];
/** Those inside a chat room. */
export const roomChannel = (roomId: string): Channel => channel(`room:${roomId}`);
/** Those who have a thread of a room open. */
export const threadChannel = (roomId: string, threadId: string): Channel => channel(`thread:${roomId}/${threadId}`);
/** Those in a room, or in a thread of it. */
export const timelineChannel = (roomId: string, threadId: string | null): Channel => (threadId === null ? roomChannel(roomId) : threadChannel(roomId, threadId));
/** What a thread's channel is about, from what `readChannel` calls its id. */
export function readThread(id: string): { roomId: string; threadId: string } {
  const [roomId = '', threadId = ''] = id.split('/');
  return { roomId, threadId };
}
/** Those who may enter a room, whether they are in it or not: they hear that something was said, not what. */
export const bellChannel = (roomId: string): Channel => channel(`bell:${roomId}`);
/** Those inside a workshop. */
export const workshopChannel = (workshopId: string): Channel => channel(`workshop:${workshopId}`);
/** Those inside a workshop who may host it. */
export const hostsChannel = (workshopId: string): Channel => channel(`hosts:${workshopId}`);
/** Those inside a workshop who may moderate its questions: its hosts, and moderators. */
export const queueChannel = (workshopId: string): Channel => channel(`queue:${workshopId}`);
/** Those who joined a workshop's stage: while hosts rehearse, only they. */
export const stageChannel = (workshopId: string): Channel => channel(`stage:${workshopId}`);
/** Those on a workshop's stage who may put something on it. */
export const presentersChannel = (workshopId: string): Channel => channel(`presenters:${workshopId}`);
/** One member's connections inside a workshop, for what only they may see there. It ends with their right, as `memberChannel` does not. */
export const insideChannel = (workshopId: string, memberId: string): Channel => channel(`inside:${workshopId}:${memberId}`);

/** Splits a channel's name into its kind and the id it is about; null for names that are not of that form (a socket's own). */
export function readChannel(name: string): { kind: string; id: string } | null {
  const colon = name.indexOf(':');
  return colon > 0 ? { kind: name.slice(0, colon), id: name.slice(colon + 1) } : null;
}
