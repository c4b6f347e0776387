/** What a member is in the house, apart from what they pay for. */
import { z } from 'zod';

export const Role = z.enum(['member', 'moderator', 'host', 'organizer']);
export type Role = z.infer<typeof Role>;

export const Language = z.enum(['en', 'zh-CN']);
export type Language = z.infer<typeof Language>;

export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

/** Staff may enter every room; an organizer may do everything. */
export function isStaff(role: Role): boolean {
  return role !== 'member';
}

/** What a member says of themselves. */
export const Status = z.enum(['available', 'busy']);
export type Status = z.infer<typeof Status>;
