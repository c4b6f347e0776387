import { randomBytes } from 'node:crypto';
import type { CertificateView } from '../../shared/contracts/attendance/certificates.js';
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { AttendanceRecord, type AttendanceRecordDocument } from '../models/attendance/attendanceRecord.js';
import { Certificate } from '../models/attendance/certificate.js';
import { Community } from '../models/community.js';
import { Member } from '../models/member.js';
import { Workshop } from '../models/workshop.js';
import { viewCertificate, viewFacts } from './certificates.views.js';
import { currentKey } from './signing/keys.js';
import { signStatement } from './signing/statement.js';

const idBytes = 16;

/**
 * The actor's certificate for a workshop: the one they have, or else a new one, if what was written down of their presence
 * reaches what the workshop asks for. It says what was true: a ticket that was refunded or a ban takes nothing away.
 *
 * @throws certificate.not_earned - the attendance is not written down yet, was too short, or no certificate is given.
 */
export async function issueCertificate(deps: Deps, actor: Actor, { workshopId }: { workshopId: string }): Promise<CertificateView> {
  const standing = await Certificate.findOne({ workshopId, memberId: actor.memberId }).lean();
  return viewCertificate(standing ?? (await issue(deps, await earnedRecord(actor.memberId, workshopId))));
}

/** @throws certificate.not_earned */
async function earnedRecord(memberId: string, workshopId: string): Promise<AttendanceRecordDocument> {
  const record = await AttendanceRecord.findOne({ workshopId, memberId }).lean();
  if (!record) {
    const isFinal = await Workshop.exists({ _id: workshopId, attendanceFrozenAt: { $ne: null } });
    throw new AppError('certificate.not_earned', { reason: isFinal ? 'too_short' : 'not_final' });
  }
  if (record.certificatePercent === null) throw new AppError('certificate.not_earned', { reason: 'none_given' });
  if (record.percent < record.certificatePercent) throw new AppError('certificate.not_earned', { reason: 'too_short' });
  return record;
}

async function issue(deps: Deps, { workshopId, memberId, seconds, percent }: AttendanceRecordDocument) {
  const [workshop, member, community] = await Promise.all([Workshop.findById(workshopId).orFail().lean(), Member.findById(memberId).orFail().lean(), Community.show()]);
  const { liveAt, endedAt } = workshop;
  if (!liveAt || !endedAt) throw new Error('attendance was written down of a workshop that is not over');
  const issuedAt = deps.now();
  const facts = { name: member.name, workshop: workshop.title, community: community.name, liveAt, endedAt, minutes: Math.floor(seconds / 60), percent, issuedAt };
  const id = randomBytes(idBytes).toString('base64url');
  const statement = await signStatement({ iss: deps.publicUrl, jti: id, ...viewFacts({ workshopId, memberId, ...facts }) }, await currentKey(issuedAt));
  return Certificate.issueOnce({ _id: id, workshopId, memberId, ...facts, statement });
}
