/**
 * What of a person has had its free trial: the member, the e-mail address without its aliases, the card. Each is a key of its
 * own that one membership can hold, so that of many who ask at once one gets it.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import { isDuplicate } from '../duplicate.js';

export interface TrialClaimDocument {
  /** `member:<id>`, `email:<address>` or `card:<Stripe's fingerprint>`. */
  _id: string;
  membershipId: Types.ObjectId;
  claimedAt: Date;
}

interface TrialClaimModel extends Model<TrialClaimDocument> {
  /** Claims all keys for a membership, or none. Asked again for the same one, it is so already. Answers whether they are its own. */
  claimAll(keys: readonly string[], membershipId: Types.ObjectId, now: Date): Promise<boolean>;
  /** Gives back what a membership claimed: its trial never began. */
  giveBack(membershipId: Types.ObjectId): Promise<void>;
}

const trialClaimSchema = new Schema<TrialClaimDocument, TrialClaimModel>(
  {
    _id: { type: String, required: true },
    membershipId: { type: Schema.Types.ObjectId, required: true, index: true },
    claimedAt: { type: Date, required: true },
  },
  { versionKey: false },
);

trialClaimSchema.statics.claimAll = async function (this: TrialClaimModel, keys: readonly string[], membershipId: Types.ObjectId, now: Date) {
  const won: string[] = [];
  for (const key of keys) {
    const isOwn = await claim(this, key, membershipId, now);
    if (isOwn) {
      won.push(key);
      continue;
    }
    await this.deleteMany({ _id: { $in: won }, membershipId });
    return false;
  }
  return true;
};

/** Whether the key is the membership's, now or already. */
async function claim(claims: TrialClaimModel, _id: string, membershipId: Types.ObjectId, now: Date): Promise<boolean> {
  try {
    await claims.updateOne({ _id, membershipId }, { $setOnInsert: { claimedAt: now } }, { upsert: true });
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

trialClaimSchema.statics.giveBack = async function (this: TrialClaimModel, membershipId: Types.ObjectId) {
  await this.deleteMany({ membershipId });
};

/**
 * Addresses that reach the same person are one: without the part after a plus sign; Gmail also ignores dots, and has two
 * names. Source: https://support.google.com/mail/answer/7436150
 */
export function withoutAlias(email: string): string {
  const at = email.lastIndexOf('@');
  const [name = '', domain = ''] = [email.slice(0, at), email.slice(at + 1)].map((part) => part.toLowerCase());
  const [plain = ''] = name.split('+');
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com';
  return isGmail ? `${plain.replaceAll('.', '')}@gmail.com` : `${plain}@${domain}`;
}

export const TrialClaim = model<TrialClaimDocument, TrialClaimModel>('TrialClaim', trialClaimSchema);
