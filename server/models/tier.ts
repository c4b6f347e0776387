/** A tier of membership. The free tier (rank 0) is everybody's and is kept like the others, so that it can be named. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { TierView } from '../../shared/contracts/tiers.js';
import { readTogether } from './asking/readTogether.js';

export interface TierDocument {
  _id: Types.ObjectId;
  key: string;
  name: string;
  rank: number;
  perks: string[];
  /** The name under which Stripe sells it; null or missing while it has never had a price there. */
  productName?: string | null;
}

interface TierModel extends Model<TierDocument> {
  /** The highest rank among the named tiers; 0 when there is none. */
  highestRank(keys: readonly string[]): Promise<number>;
  /** The key of the tier with this rank; a rank belongs to one tier. */
  keyOfRank(rank: number): Promise<string>;
  /** The highest among the named tiers; the free one when there is none. */
  highest(keys: readonly string[]): Promise<TierDocument>;
  /** All tiers, rising by rank. */
  inOrder(): Promise<TierDocument[]>;
}

/** There are few, and whoever is let in is asked about: everybody, when a node starts. */
const together = readTogether<TierDocument[]>();

const tierSchema = new Schema<TierDocument, TierModel>(
  {
    key: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    rank: { type: Number, required: true, unique: true },
    perks: { type: [String], required: true, default: [] },
    productName: { type: String, default: null },
  },
  {
    versionKey: false,
    statics: {
      async highestRank(keys: readonly string[]) {
        if (keys.length === 0) return 0;
        const tiers = await together('all', () => this.inOrder());
        return tiers.findLast(({ key }) => keys.includes(key))?.rank ?? 0;
      },
      async keyOfRank(rank: number) {
        const tier = await this.findOne({ rank }).select({ key: 1 }).lean();
        return tier?.key ?? '';
      },
      highest(keys: readonly string[]) {
        return this.findOne({ $or: [{ key: { $in: keys } }, { rank: 0 }] }).sort({ rank: -1 }).orFail().lean();
      },
      inOrder() {
        return this.find().sort({ rank: 1 }).lean();
      },
    },
  },
);

/** A tier as everybody sees it. */
export function viewTier({ key, name, rank, perks }: TierDocument): TierView {
  return { key, name, rank, perks: [...perks] };
}

export const Tier = model<TierDocument, TierModel>('Tier', tierSchema);
