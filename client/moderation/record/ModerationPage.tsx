import { NativeSelect } from '@mantine/core';
import { IconShieldHalf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { MeView } from '../../../shared/contracts/members.js';
import { useSession } from '../../api/session.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { PageFrame, Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { AuditLog, useAuditLog } from './AuditLog.js';
import { RestrictionList, useRestrictions } from './RestrictionList.js';
import { usePlaces, type Place } from './usePlaces.js';
import styles from './record.module.css';

/** How the whole house is named in the address and in the list of places. */
const everywhere = '';

function Record({ places, me }: { places: readonly [Place, ...Place[]]; me: MeView }) {
  const { t } = useTranslation('moderation');
  const [search, setSearch] = useSearchParams();
  const asked = search.get('room') ?? everywhere;
  const place = places.find(({ roomId }) => (roomId ?? everywhere) === asked) ?? places[0];
  const choose = (roomId: string): void => setSearch(roomId === everywhere ? {} : { room: roomId }, { replace: true });
  // One above the other, so both at once: the lower would be pushed away by the upper.
  const [restrictions, log] = [useRestrictions(place.roomId), useAuditLog(place.roomId)];
  const areAnswered = !restrictions.isPending && !log.isPending;
  return (
    <>
      <NativeSelect
        className={styles['places']} label={t('place')} value={place.roomId ?? everywhere} onChange={(event) => choose(event.currentTarget.value)}
        data={places.map(({ roomId, name }) => ({ value: roomId ?? everywhere, label: name }))}
      />
      {areAnswered ? (
        <>
          <Section title={t('heldNow')}>
            <RestrictionList key={place.roomId} roomId={place.roomId} me={me} />
          </Section>
          <Section title={t('log')}>
            <AuditLog key={place.roomId} roomId={place.roomId} />
          </Section>
        </>
      ) : <RowsSkeleton height={60} />}
    </>
  );
}

/** `/moderation`: who is held back now, and what was done, in all places that one may moderate. */
export function ModerationPage() {
  const { t } = useTranslation('moderation');
  const { me } = useSession();
  const places = usePlaces();
  const [first, ...rest] = places ?? [];
  return (
    <PageFrame title={t('title')} width="reading">
      {places === undefined && <RowsSkeleton height={60} />}
      {places !== undefined && first === undefined && <EmptyState icon={<IconShieldHalf size={22} />} title={t('notYours')} text={t('notYoursText')} />}
      {me !== null && first !== undefined && <Record places={[first, ...rest]} me={me} />}
    </PageFrame>
  );
}
