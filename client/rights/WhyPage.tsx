import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { entry, type AskEntry } from '../../shared/contracts/rights/entry.js';
import { Id } from '../../shared/ids.js';
import { isFailure } from '../api/problems.js';
import { useRouteQuery } from '../api/useRoute.js';
import { NotFoundPage } from '../frame/NotFoundPage.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { Explanation } from './Explanation.js';

const places = new Map<string, AskEntry['place']>([['rooms', 'room'], ['workshops', 'workshop']]);

/** `/why/rooms/:placeId` and `/why/workshops/:placeId`: why the reader may, or may not, enter. */
export function WhyPage() {
  const { place: folder = '', placeId } = useParams();
  const place = places.get(folder);
  const id = Id.safeParse(placeId);
  return place && id.success ? <Why place={place} placeId={id.data} /> : <NotFoundPage />;
}

function Why(ask: AskEntry) {
  const { t } = useTranslation('rights');
  const told = useRouteQuery(entry.mine, ask);
  if (isFailure(told.error, 'room.not_found') || isFailure(told.error, 'workshop.not_found')) return <NotFoundPage />;
  return (
    <PageFrame title={t('title')} width="reading" back="/why" backAlways>
      {told.data ? <Explanation view={told.data} isMine /> : told.isPending ? <PageSkeleton /> : <ErrorNote error={told.error} retry={() => void told.refetch()} />}
    </PageFrame>
  );
}
