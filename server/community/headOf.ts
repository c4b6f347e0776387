import { Id } from '../../shared/ids.js';
import type { PageHead } from '../http/page.js';
import { Community } from '../models/community.js';
import { Workshop } from '../models/workshop.js';

const descriptionLength = 200;

/** The head of a page, before any script runs and for readers without one: of what everybody may see, and nothing else. */
export async function headOf(path: string): Promise<PageHead> {
  const { name, tagline } = await Community.show();
  const workshopId = Id.safeParse(/^\/workshops\/([^/]+)$/.exec(path)?.[1]);
  const workshop = workshopId.success ? await Workshop.findById(workshopId.data).select({ title: 1, summary: 1 }).lean() : null;
  if (!workshop) return { title: name, description: tagline };
  return { title: `${workshop.title} · ${name}`, description: workshop.summary.slice(0, descriptionLength) };
}
