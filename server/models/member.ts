/** A member: an account. Passwords are kept as argon2id hashes only. */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { PersonView } from '../../shared/contracts/members.js';
import type { Language, Role, Status, Theme } from '../../shared/roles.js';
import { oneOf, readInOne } from './asking/readInOne.js';
import type { RoleChange } from './community.js';

export interface MemberDocument {
  _id: Types.ObjectId;
  email: string;
  name: string;
  /** PHC string of argon2id. */
  passwordHash: string;
  role: Role;
  /** The number of the change that gave the role (`community.roleChange`); 0 for the role one started with. */
  roleChange: number;
  language: Language;
  theme: Theme;
  /** Absent: available. */
  status?: Status;
  /** Where they are, by a browser of theirs, as the IANA database names it; absent until it was told. */
  timeZone?: string;
  joinedAt: Date;
}

interface MemberModel extends Model<MemberDocument> {
  /** The member as they are now. */
  read(memberId: string, now: Date): Promise<MemberDocument | null>;
  /** Members as others see them, by id. */
  people(ids: readonly string[]): Promise<Map<string, PersonView>>;
  /** The same, with what they say of themselves. */
  peopleAndStatus(ids: readonly string[]): Promise<(PersonView & { status: Status })[]>;
  /** Gives the role a change has decided. Late or again, it changes nothing: a newer change of the member's stands. */
  followRoleChange(change: RoleChange): Promise<void>;
}

const memberSchema = new Schema<MemberDocument, MemberModel>(
  {
    email: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    passwordHash: { type: String, required: true, select: false },
    role: { type: String, required: true, default: 'member', index: true },
    roleChange: { type: Number, required: true, default: 0 },
    language: { type: String, required: true, default: 'en' },
    theme: { type: String, required: true, default: 'system' },
    status: { type: String },
    timeZone: { type: String },
    joinedAt: { type: Date, required: true },
  },
  {
    versionKey: false,
    statics: {
      read(memberId: string, now: Date) {
        return readOne(memberId, now);
      },
      async people(ids: readonly string[]) {
        const found = ids.length === 0 ? [] : await this.find({ _id: { $in: ids } }).select({ name: 1, role: 1 }).lean();
        return new Map(found.map(({ _id, name, role }) => [String(_id), { id: String(_id), name, role }]));
      },
      async peopleAndStatus(ids: readonly string[]) {
        const found = ids.length === 0 ? [] : await this.find({ _id: { $in: ids } }).select({ name: 1, role: 1, status: 1 }).lean();
        return found.map(({ _id, name, role, status = 'available' }) => ({ id: String(_id), name, role, status }));
      },
      async followRoleChange({ number, memberId, role }: RoleChange) {
        await this.updateOne({ _id: memberId, roleChange: { $lt: number } }, { $set: { role, roleChange: number } });
      },
    },
  },
);

export const Member = model<MemberDocument, MemberModel>('Member', memberSchema);

const readOne = readInOne<MemberDocument>(async (ids) => new Map((await Member.find({ _id: oneOf(ids) }).lean()).map((member) => [String(member._id), member])));
