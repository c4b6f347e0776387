import { lazy, useState } from 'react';
import { arrivedLivePage, loadLivePage } from './loadLivePage.js';

const Awaited = lazy(async () => ({ default: await loadLivePage() }));

/** `/workshops/:workshopId/live`, at once where it has come ahead: React lets a page that was waited for appear no sooner than 300 ms after its skeleton. */
export function LiveDoor() {
  const [Page] = useState(() => arrivedLivePage() ?? Awaited);
  return <Page />;
}
