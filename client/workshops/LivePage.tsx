import { useParams } from 'react-router';
import { useSession } from '../api/session.js';
import type { MeView } from '../../shared/contracts/members.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame, usePageTitle } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { LeftNotice } from './live/LeftNotice.js';
import { LiveRoom } from './live/LiveRoom.js';
import { useLiveSession, usePresence } from './live/useLiveSession.js';
import { useWorkshop } from './useWorkshops.js';

/** `/workshops/:workshopId/live`: the workshop itself, for those who may enter; for others, why not. */
export function LivePage() {
  const { workshopId = '' } = useParams();
  const { me } = useSession();
  const workshop = useWorkshop(workshopId);
  usePageTitle(workshop.data?.title);
  if (me && workshop.data) return <Entrance key={workshopId} workshop={workshop.data} me={me} />;
  if (!workshop.isError) return <PageSkeleton />;
  return <main><PageFrame title="" back="/workshops" backAlways><ErrorNote error={workshop.error} retry={() => void workshop.refetch()} /></PageFrame></main>;
}

function Entrance({ workshop, me }: { workshop: WorkshopView; me: MeView }) {
  const session = useLiveSession(workshop.id, me.id);
  const presence = usePresence(session);
  switch (presence.state) {
    case 'entering': return <PageSkeleton />;
    case 'in': return <LiveRoom session={session} workshop={presence.workshop} entries={presence.entries} me={me} />;
    case 'left': return <LeftNotice workshop={workshop} reason={presence.reason ?? workshop.you.ended?.reason ?? null} />;
    case 'failed': return <main><PageFrame title={workshop.title} back={`/workshops/${workshop.id}`} backAlways><ErrorNote error={presence.error} retry={() => void session.enter()} /></PageFrame></main>;
  }
}
