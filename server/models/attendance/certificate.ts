/** A certificate of attendance: made once for a member and a workshop, and never changed but for being revoked. */
import { model, Schema, type Model, type Types } from 'mongoose';
import { isDuplicate } from '../duplicate.js';

export interface CertificateDocument {
  /** Its public name: see `CertificateId` in the contract. */
  _id: string;
  workshopId: Types.ObjectId;
  memberId: Types.ObjectId;
  /** The facts as they were signed; `name` and the titles are those of that day. */
  name: string;
  workshop: string;
  community: string;
  liveAt: Date;
  endedAt: Date;
  minutes: number;
  percent: number;
  issuedAt: Date;
  /** The compact JWS. */
  statement: string;
  revoked: { at: Date; byId: Types.ObjectId; reason: string } | null;
}

/** What points at a certificate from a list. */
export interface StoredMark {
  id: string;
  isRevoked: boolean;
}

interface CertificateModel extends Model<CertificateDocument> {
  /** Stores it, unless the member has one for the workshop; answers the one that stands. */
  issueOnce(certificate: Omit<CertificateDocument, 'revoked'>): Promise<CertificateDocument>;
  /** Revokes it, if it is valid; the first reason stays. */
  revoke(id: string, byId: string, reason: string, now: Date): Promise<void>;
  /** The certificates of a workshop, by member id. */
  marksOfWorkshop(workshopId: string): Promise<Map<string, StoredMark>>;
  /** A member's certificates, by workshop id. */
  marksOfMember(memberId: string): Promise<Map<string, StoredMark>>;
}

const certificateSchema = new Schema<CertificateDocument, CertificateModel>(
  {
    _id: { type: String, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    workshop: { type: String, required: true },
    community: { type: String, required: true },
    liveAt: { type: Date, required: true },
    endedAt: { type: Date, required: true },
    minutes: { type: Number, required: true },
    percent: { type: Number, required: true },
    issuedAt: { type: Date, required: true },
    statement: { type: String, required: true },
    revoked: {
      type: new Schema({ at: { type: Date, required: true }, byId: { type: Schema.Types.ObjectId, required: true }, reason: { type: String, required: true } }, { _id: false }),
      default: null,
    },
  },
  { versionKey: false },
);
certificateSchema.index({ workshopId: 1, memberId: 1 }, { unique: true });
certificateSchema.index({ memberId: 1 });

const markOf = ({ _id, revoked }: Pick<CertificateDocument, '_id' | 'revoked'>): StoredMark => ({ id: _id, isRevoked: revoked !== null });

certificateSchema.statics.issueOnce = async function (this: CertificateModel, certificate: Omit<CertificateDocument, 'revoked'>) {
  const { workshopId, memberId } = certificate;
  try {
    await this.create(certificate);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return this.findOne({ workshopId, memberId }).orFail().lean();
};

certificateSchema.statics.revoke = async function (this: CertificateModel, id: string, byId: string, reason: string, now: Date) {
  await this.updateOne({ _id: id, revoked: null }, { $set: { revoked: { at: now, byId, reason } } });
};

certificateSchema.statics.marksOfWorkshop = async function (this: CertificateModel, workshopId: string) {
  const found = await this.find({ workshopId }).select({ memberId: 1, revoked: 1 }).lean();
  return new Map(found.map((one) => [String(one.memberId), markOf(one)]));
};

certificateSchema.statics.marksOfMember = async function (this: CertificateModel, memberId: string) {
  const found = await this.find({ memberId }).select({ workshopId: 1, revoked: 1 }).lean();
  return new Map(found.map((one) => [String(one.workshopId), markOf(one)]));
};

export const Certificate = model<CertificateDocument, CertificateModel>('Certificate', certificateSchema, 'certificates');
