/**
 * The community: one document with its name, how its first organizer is made, and the last change of a role. Changes of
 * roles are numbered here, one after the other, so that two organizers who take each other's role away at the same time
 * cannot both succeed.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { Role } from '../../shared/roles.js';

/** The change of a role that was decided last. It counts as decided before the member's own document says so. */
export interface RoleChange {
  /** Rises by one with every change; 0 before the first. */
  number: number;
  memberId: Types.ObjectId;
  role: Role;
}

export interface CommunityDocument {
  _id: 'community';
  name: string;
  tagline: string;
  /** SHA-256 of the token that makes the first organizer, hex; null when none is out. */
  setupHash: string | null;
  roleChange: RoleChange | null;
}

interface CommunityModel extends Model<CommunityDocument> {
  /** Makes the document if there is none. Doing it again changes nothing. */
  open(name: string): Promise<void>;
  /** The community, which `open` has made before anyone is served. */
  show(): Promise<CommunityDocument>;
  save(changes: Pick<CommunityDocument, 'name' | 'tagline'>): Promise<CommunityDocument>;
  /** Puts a setup token out; one that was out before is void. */
  offerSetup(setupHash: string): Promise<void>;
  /** Takes the setup token: of all who come with it, one is answered true. */
  takeSetup(setupHash: string): Promise<boolean>;
  /** Puts a taken token back, unless another is out by now. */
  returnSetup(setupHash: string): Promise<void>;
  /** Decides a change of a role if it is the next one. Answers false when another came between. */
  decideRole(change: RoleChange): Promise<boolean>;
}

const only = { _id: 'community' as const };

const communitySchema = new Schema<CommunityDocument, CommunityModel>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    tagline: { type: String, default: '' },
    setupHash: { type: String, default: null },
    roleChange: {
      type: new Schema(
        { number: { type: Number, required: true }, memberId: { type: Schema.Types.ObjectId, required: true }, role: { type: String, required: true } },
        { _id: false },
      ),
      default: null,
    },
  },
  {
    versionKey: false,
    statics: {
      async open(name: string) {
        await this.updateOne(only, { $setOnInsert: { name, tagline: '', setupHash: null, roleChange: null } }, { upsert: true });
      },
      show() {
        return this.findOne(only).orFail().lean();
      },
      save(changes: Pick<CommunityDocument, 'name' | 'tagline'>) {
        return this.findOneAndUpdate(only, { $set: changes }, { returnDocument: 'after' }).orFail().lean();
      },
      async offerSetup(setupHash: string) {
        await this.updateOne(only, { $set: { setupHash } });
      },
      async takeSetup(setupHash: string) {
        const result = await this.updateOne({ ...only, setupHash }, { $set: { setupHash: null } });
        return result.modifiedCount === 1;
      },
      async returnSetup(setupHash: string) {
        await this.updateOne({ ...only, setupHash: null }, { $set: { setupHash } });
      },
      async decideRole(change: RoleChange) {
        const before = change.number === 1 ? { roleChange: null } : { 'roleChange.number': change.number - 1 };
        const result = await this.updateOne({ ...only, ...before }, { $set: { roleChange: change } });
        return result.modifiedCount === 1;
      },
    },
  },
);

export const Community = model<CommunityDocument, CommunityModel>('Community', communitySchema);
