/** Workshops for tests: published through the door, with whoever may enter. */
import { randomUUID } from 'node:crypto';
import { Grant } from '../../../server/models/grant.js';
import { workshops, type PublishWorkshop, type WorkshopView } from '../../../shared/contracts/workshops.js';
import { mainKey } from '../../../shared/contracts/selling.js';
import type { Reply } from '../../../shared/failures.js';
import type { Money } from '../../../shared/money.js';
import type { Guest } from '../../support/guest.js';
import type { House } from '../../support/house.js';

/** How long a test waits for what the house does by itself. */
export const patience = { timeout: 8_000 };

/** What a test has otherwise than usual; `price` and `capacity` are those of the only ticket, where it names no other. */
export type FormChanges = Partial<PublishWorkshop> & { price?: Money; capacity?: number };

/** What an organizer would write in the form. */
export function workshopForm(hostIds: string[], { price = { amount: 1800, currency: 'eur' }, capacity = 3, ...changes }: FormChanges = {}): PublishWorkshop {
  return {
    clientWorkshopId: randomUUID(),
    title: 'Streams from the inside',
    summary: 'How back-pressure works, and why.',
    startsAt: '2027-03-01T18:00:00.000Z',
    minutes: 90,
    hostIds,
    currency: price.currency,
    pools: [{ key: mainKey, name: '', capacity }],
    types: [{ key: mainKey, name: '', pool: mainKey, price: price.amount, rules: [] }],
    certificatePercent: 80,
    refundPolicy: 'The whole price until the day before.',
    refundRules: { fullHours: 24, partial: { percent: 50, hours: 2 } },
    ...changes,
  };
}

/** The data of a reply that must have gone well. */
export function dataOf<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`refused: ${reply.failure.code}`);
  return reply.data;
}

export interface Published {
  workshop: WorkshopView;
  organizer: Guest;
  host: Guest;
}

/** A workshop with its organizer and its host, both signed in. */
export async function publish(house: House, changes: FormChanges = {}): Promise<Published> {
  const [organizer, host] = [await house.guest({ role: 'organizer' }), await house.guest({ role: 'host' })];
  const workshop = dataOf(await organizer.ask(workshops.publish, workshopForm([host.id], changes)));
  return { workshop, organizer, host };
}

/** A member with a ticket that cost nothing; how tickets are bought is tested elsewhere. */
export async function ticketHolder(house: House, workshopId: string): Promise<Guest> {
  const guest = await house.guest();
  await Grant.giveOnce(guest.id, { kind: 'workshop', ref: workshopId }, { kind: 'ticket', id: guest.id }, house.app.deps.now());
  return guest;
}

/** Ends that ticket as a refund does, and tells all nodes. */
export async function endTicket(house: House, guest: Guest, workshopId: string): Promise<void> {
  await Grant.end({ kind: 'ticket', id: guest.id }, { kind: 'workshop', ref: workshopId }, 'refunded', house.app.deps.now());
  await house.app.deps.rightsChanged({ memberId: guest.id, scope: { kind: 'workshop', workshopId }, change: 'ended', reason: 'refunded' });
}
