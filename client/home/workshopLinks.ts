import type { WorkshopView } from '../../shared/contracts/workshops.js';

/** Workshops that are on or still to come: live ones first, then by when they start. */
export function openWorkshops(workshops: readonly WorkshopView[]): WorkshopView[] {
  const open = workshops.filter((workshop) => workshop.state === 'live' || workshop.state === 'scheduled');
  return open.toSorted((a, b) => Number(b.state === 'live') - Number(a.state === 'live') || a.startsAt.localeCompare(b.startsAt));
}

/** Where a workshop's link leads: straight in when it is live and one may enter, else to its page. */
export function workshopPath(workshop: WorkshopView): string {
  const page = `/workshops/${workshop.id}`;
  return workshop.state === 'live' && workshop.you.canEnter ? `${page}/live` : page;
}
