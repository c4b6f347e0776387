import { membershipPages } from '../../../shared/contracts/memberships/memberships.js';

/** The membership page with one price in view: to begin with it, or to change to it. */
export function offerPath(priceId: string): string {
  return `${membershipPages.mine}?price=${priceId}`;
}
