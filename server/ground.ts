/** What the house stands on before a feature stands in it: the outside world, and the ways to tell of what happens. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import type { Push } from '../shared/define.js';
import type { EndReason, RightScope } from '../shared/contracts/rights.js';
import type { Bus } from './platform/bus.js';
import type { Limits } from './platform/limits.js';
import type { Logger } from './platform/logger.js';
import type { Mail } from './platform/mail.js';
import type { Presence } from './platform/presence.js';
import type { Soon } from './platform/soon.js';
import type { Tokens } from './platform/tokens.js';
import type { Turns } from './platform/cluster/turns.js';
import type { Channel } from './realtime/channels.js';

/** A right of a member's started or ended: their open connections and media are judged again on every node. */
export interface RightsChange {
  memberId: string;
  scope: RightScope | null;
  change: 'started' | 'ended';
  reason: EndReason | null;
}

/** Stripe, real or the sandbox: the same SDK. `isTest` is true when no real money moves. */
export interface Payments {
  stripe: Stripe;
  webhookSecret: string;
  isTest: boolean;
  /** Whether it is played by the sandbox, whose console is the organizers'. */
  hasConsole: boolean;
}

/** The outside world as `openWorld.ts` opens it; a test may put in its own clock. */
export interface Outside {
  now(): Date;
  limits: Limits;
  turns: Turns;
  presence: Presence;
  tokens: Tokens;
  payments: Payments;
  bus: Bus;
  mail: Mail;
  log: Logger;
  /** The address that browsers send media to, and whether only its own network reaches it. */
  mediaAddress: { announced: string; isPrivate: boolean };
  /** Where people reach the house, without a trailing slash. */
  publicUrl: string;
  /** For how many days after a workshop it is kept when exactly members came and went. */
  attendanceDays: number;
  /** For how many days after a failed payment a membership keeps what it opens. */
  graceDays: number;
}

/** The outside world, and how all nodes and everybody connected to them are told of something. */
export interface Ground extends Outside {
  /** Tells every connection in the channel, on every node, but those that are also in (one of) `except`. Fire and forget: what must not be lost is stored first. */
  publish<P extends Push>(channel: Channel, push: P, data: z.input<P['data']>, except?: Channel | Channel[]): void;
  /** Tells those connections of the members that are in the channel now, on every node. Fire and forget, as `publish`. */
  tellAmong<P extends Push>(memberIds: readonly string[], within: Channel, push: P, data: z.input<P['data']>): void;
  /** Tells all nodes that what they know of a member is old: their connections and media are judged by what the store says now. Resolves when this node has done so. */
  judgeAgain(memberId: string, reason?: EndReason | null): Promise<void>;
  /** Tells all nodes to judge a member's connections and media again, then tells the member. Resolves when this node has done so. */
  rightsChanged(change: RightsChange): Promise<void>;
  /** What a gate asks for has changed: all nodes judge everybody's connections again. */
  gatesChanged(): void;
  /** How a room is spoken in has changed: all nodes read it anew. */
  roomChanged(roomId: string): void;
  /** Ends the connections of one signed-in browser on every node. */
  sessionEnded(sessionId: string): Promise<void>;
  /** Tells of what changes fast, no oftener than once in a span. */
  soon: Soon;
}
