import type { AuditEntryView, ReadAudit } from '../../../shared/contracts/moderation.js';
import { accessPlace } from '../../access/moderation/accessRestriction.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { AuditEntry } from '../../models/moderation/auditEntry.js';
import { viewAudit } from '../moderation.views.js';
import { writeDownAll } from './writeDownAll.js';

/**
 * What was done by those who moderate, and by the house itself; the newest first. What a crash has kept out of the log is
 * written down before it is read.
 *
 * @throws room.not_found - absent, or not this actor's to see.
 * @throws role.required - not theirs to moderate.
 */
export async function readAudit(deps: Deps, actor: Actor, { roomId, before, limit }: ReadAudit): Promise<{ entries: AuditEntryView[]; hasMore: boolean }> {
  await accessPlace(actor, roomId, deps.now());
  await writeDownAll();
  const { entries, hasMore } = await AuditEntry.page({ roomId, before, limit });
  return { entries: await viewAudit(entries), hasMore };
}
