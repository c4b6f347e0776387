/** Which customer of Stripe's a member is: one, for good, so that all their invoices and cards are found in one place. */
import { model, Schema, type Model, type Types } from 'mongoose';

export interface PayingCustomerDocument {
  /** The member. */
  _id: Types.ObjectId;
  customerId: string;
}

interface PayingCustomerModel extends Model<PayingCustomerDocument> {
  /** Keeps it unless the member has one. Answers the member's. */
  keepOnce(memberId: Types.ObjectId, customerId: string): Promise<string>;
}

const payingCustomerSchema = new Schema<PayingCustomerDocument, PayingCustomerModel>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    customerId: { type: String, required: true, unique: true },
  },
  {
    versionKey: false,
    statics: {
      async keepOnce(memberId: Types.ObjectId, customerId: string) {
        const kept = await this.findOneAndUpdate({ _id: memberId }, { $setOnInsert: { customerId } }, { upsert: true, returnDocument: 'after' }).lean();
        return kept.customerId;
      },
    },
  },
);

export const PayingCustomer = model<PayingCustomerDocument, PayingCustomerModel>('PayingCustomer', payingCustomerSchema);
