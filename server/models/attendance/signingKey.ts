/**
 * The Ed25519 keys that certificates are signed with. All nodes share them through the store, as they share the house's
 * other secrets. The one with the highest number signs; the others stay, so that what they signed can still be checked.
 */
import { model, Schema, type Model } from 'mongoose';
import { isDuplicate } from '../duplicate.js';

export interface SigningKeyDocument {
  /** Names the key: the thumbprint of its public half (RFC 7638). */
  _id: string;
  /** Rises by one with each key. */
  number: number;
  /** Raw key material in base64url, as a JWK has it (RFC 8037): `x` is public, `d` is secret. */
  x: string;
  d: string;
  since: Date;
}

/** A key that was just made and has no number yet. */
export type FreshKey = Omit<SigningKeyDocument, 'number'>;

interface SigningKeyModel extends Model<SigningKeyDocument> {
  /** The key that signs; null before the first. */
  current(): Promise<SigningKeyDocument | null>;
  /** Makes `fresh` the key after number `after`, unless another came first; answers the one that signs now. */
  follow(after: number, fresh: FreshKey): Promise<SigningKeyDocument>;
  /** The public half of every key there was, the newest first. */
  published(): Promise<Pick<SigningKeyDocument, '_id' | 'x'>[]>;
}

const signingKeySchema = new Schema<SigningKeyDocument, SigningKeyModel>(
  {
    _id: { type: String, required: true },
    number: { type: Number, required: true, unique: true },
    x: { type: String, required: true },
    d: { type: String, required: true },
    since: { type: Date, required: true },
  },
  {
    versionKey: false,
    statics: {
      current() {
        return this.findOne().sort({ number: -1 }).lean();
      },
      async follow(after: number, fresh: FreshKey) {
        try {
          await this.create({ ...fresh, number: after + 1 });
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
        return this.findOne().sort({ number: -1 }).orFail().lean();
      },
      published() {
        return this.find().sort({ number: -1 }).select({ x: 1 }).lean();
      },
    },
  },
);

export const SigningKey = model<SigningKeyDocument, SigningKeyModel>('SigningKey', signingKeySchema, 'signingKeys');
