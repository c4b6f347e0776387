import type { MessageView, OfMessage } from '../../../shared/contracts/messages.js';
import { AppError } from '../../../shared/failures.js';
import { accessMessage, type MessagePlace, type MessageRight } from '../../access/accessMessage.js';
import type { Actor } from '../../access/actor.js';
import { viewOneMessage } from '../../access/messageViews.js';
import type { Deps } from '../../deps.js';
import { Message, type MessageDocument } from '../../models/messages/message.js';
import { writeDown } from '../../models/moderation/auditEntry.js';

/** What one look at a message comes to: the message as it was changed; null where others were faster and it must be looked at again. */
export type Step = MessageDocument | 'as asked' | null;

/** A message after a change, and whether it was this change that made it so: a retry changes nothing. */
export interface Changed {
  message: MessageDocument;
  view: MessageView;
  isChanged: boolean;
}

/** How often others may change the very same thing first before whoever wants to is told to try again. */
const attemptsMax = 50;

/**
 * Changes a message, logs the change, tells the room, and writes down what is for the audit log. It is judged anew, gate and all, for as long as others are faster.
 *
 * @param step - judges the message as it stands, and tries to change just that: throws where it may not be changed.
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room, or not this actor's to do that with; the two look alike on purpose.
 * @throws server.busy - too many others are changing it, or the log does not take it now. A change that stands is told later.
 */
export async function changeMessage(deps: Deps, actor: Actor, of: OfMessage, right: MessageRight, step: (place: MessagePlace) => Promise<Step>): Promise<Changed> {
  deps.here.heard(actor.memberId);
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const place = await accessMessage(actor, of, right, deps.now());
    const stepped = await step(place);
    if (stepped === 'as asked') return { message: place.message, view: await viewOneMessage(place.message), isChanged: false };
    if (!stepped) continue;
    deps.bells.changed(place.message, stepped);
    const view = await deps.changes.record(stepped);
    await writeDown(Message, stepped);
    return { message: stepped, view, isChanged: true };
  }
  throw new AppError('server.busy');
}
