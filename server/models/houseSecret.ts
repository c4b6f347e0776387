/** Secrets the house makes for itself once and all its nodes share. */
import { model, Schema, type Model } from 'mongoose';

interface HouseSecretDocument {
  _id: string;
  value: string;
}

interface HouseSecretModel extends Model<HouseSecretDocument> {
  /** The secret of that name: the stored one, or `fresh` if there was none. */
  keepOnce(name: string, fresh: string): Promise<string>;
}

const houseSecretSchema = new Schema<HouseSecretDocument, HouseSecretModel>(
  { _id: { type: String, required: true }, value: { type: String, required: true } },
  {
    versionKey: false,
    statics: {
      async keepOnce(name: string, fresh: string) {
        const kept = await this.findOneAndUpdate({ _id: name }, { $setOnInsert: { value: fresh } }, { upsert: true, returnDocument: 'after' }).lean();
        return kept.value;
      },
    },
  },
);

export const HouseSecret = model<HouseSecretDocument, HouseSecretModel>('HouseSecret', houseSecretSchema);
