/** A role's channel is left when the role is. */
import type { ChannelJudge } from './rejudge.js';

export const roleJudge: ChannelJudge = {
  kind: 'role',
  mayStay: (actor, role) => Promise.resolve(actor.role === role),
  onOut: () => Promise.resolve(),
};
