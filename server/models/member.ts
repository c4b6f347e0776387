/** A member: an account. Passwords are kept as argon2id hashes only. */
import { model, Schema, type Types } from 'mongoose';
import type { Language, Role, Theme } from '../../shared/roles.js';

export interface MemberDocument {
  _id: Types.ObjectId;
  email: string;
  name: string;
  /** PHC string of argon2id. */
  passwordHash: string;
  role: Role;
  language: Language;
  theme: Theme;
  joinedAt: Date;
}

const memberSchema = new Schema<MemberDocument>(
  {
    email: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    passwordHash: { type: String, required: true, select: false },
    role: { type: String, required: true, default: 'member' },
    language: { type: String, required: true, default: 'en' },
    theme: { type: String, required: true, default: 'system' },
    joinedAt: { type: Date, required: true },
  },
  { versionKey: false },
);

export const Member = model('Member', memberSchema);
