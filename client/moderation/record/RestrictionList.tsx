import { Button } from '@mantine/core';
import { IconBan, IconClockPause, IconMoodCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moderation, type RestrictionView } from '../../../shared/contracts/moderation.js';
import type { MeView } from '../../../shared/contracts/members.js';
import { isFailure } from '../../api/problems.js';
import { call } from '../../api/socket.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { mayHoldBack } from '../restrict/restrictAsk.js';
import { usePlaceName } from './usePlaces.js';
import styles from './record.module.css';

/** Lifts, and asks for list and log again; what is over already is as good as lifted. */
function useLift() {
  const queries = useQueryClient();
  const [liftingId, setLiftingId] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const lift = async (restrictionId: string): Promise<void> => {
    setLiftingId(restrictionId);
    setError(null);
    try {
      await call(moderation.lift, { restrictionId });
    } catch (failure) {
      if (!isFailure(failure, 'restriction.not_found')) setError(failure);
    } finally {
      setLiftingId(null);
      for (const { name } of [moderation.restrictions, moderation.audit]) void queries.invalidateQueries({ queryKey: [name] });
    }
  };
  return { lift: (id: string) => void lift(id), liftingId, error };
}

function Row({ restriction, me, lift, isLifting }: { restriction: RestrictionView; me: MeView; lift: () => void; isLifting: boolean }) {
  const { t } = useTranslation('moderation');
  const format = useFormat();
  const placeName = usePlaceName();
  const { kind, member, by, roomId, reason, since, until } = restriction;
  const Icon = kind === 'ban' ? IconBan : IconClockPause;
  const words = { name: member.name, place: placeName(roomId), time: until === null ? '' : format.dateTime(until) };
  const sentence = kind === 'timeout' ? t('stands.timeout', words) : until === null ? t('stands.banForGood', words) : t('stands.ban', words);
  return (
    <li className={styles['row']}>
      <span className={styles['sign']} data-tone={kind === 'ban' ? 'bad' : 'warn'}><Icon size={18} aria-hidden="true" /></span>
      <div className={styles['words']}>
        <p className={styles['sentence']}>{sentence}</p>
        <p className={styles['reason']}>{reason}</p>
        <p className="meta">{t('byAt', { name: by.name, time: format.dateTime(since) })}</p>
      </div>
      {mayHoldBack(me, member) && <Button variant="default" size="xs" loading={isLifting} onClick={lift} aria-label={t('liftOf', { name: member.name })}>{t('lift')}</Button>}
    </li>
  );
}

/** Who is held back now, in one room or (with null) everywhere. */
export function useRestrictions(roomId: string | null) {
  return useQuery({ queryKey: [moderation.restrictions.name, roomId], queryFn: () => call(moderation.restrictions, { roomId }) });
}

/** Who is held back now, in one room or everywhere, and the way to let them go. */
export function RestrictionList({ roomId, me }: { roomId: string | null; me: MeView }) {
  const { t } = useTranslation('moderation');
  const list = useRestrictions(roomId);
  const { lift, liftingId, error } = useLift();
  if (list.data === undefined) return <ErrorNote error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <ErrorNote error={error} />
      {list.data.length === 0 && <EmptyState icon={<IconMoodCheck size={22} />} title={t('nobodyHeld')} text={t('nobodyHeldText')} />}
      <ul className={styles['list']}>
        {list.data.map((restriction) => <Row key={restriction.id} restriction={restriction} me={me} lift={() => lift(restriction.id)} isLifting={liftingId === restriction.id} />)}
      </ul>
    </>
  );
}
