import { Button } from '@mantine/core';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { members, type SignedInView } from '../../shared/contracts/members.js';
import { routeKey, useRouteMutation, useRouteQuery } from '../api/useRoute.js';
import { Badge } from '../ui/Badge.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import styles from './members.module.css';

function Device({ device, end, isEnding }: { device: SignedInView; end: () => void; isEnding: boolean }) {
  const { t } = useTranslation(['members', 'common']);
  const format = useFormat();
  return (
    <li>
      <IconDeviceDesktop size={20} aria-hidden="true" />
      <div className={styles['device']}>
        <p>{device.device}</p>
        <p className="meta">{t('deviceTimes', { since: format.date(device.since), used: format.relative(device.lastUsedAt) })}</p>
      </div>
      {device.isThisOne ? (
        <Badge tone="good">{t('thisDevice')}</Badge>
      ) : (
        <Button size="xs" variant="default" loading={isEnding} onClick={end} aria-label={t('signOutDevice', { device: device.device })}>
          {t('common:signOut')}
        </Button>
      )}
    </li>
  );
}

/** Where I am signed in, with a way to end each but this one. */
export function DevicesSection() {
  const queries = useQueryClient();
  const list = useRouteQuery(members.sessions, {});
  const end = useRouteMutation(members.endSession);
  const endOne = (sessionId: string): void => {
    end.mutate({ sessionId }, { onSuccess: () => void queries.invalidateQueries({ queryKey: routeKey(members.sessions) }) });
  };
  if (list.data === undefined) return list.error === null ? <RowsSkeleton count={2} /> : <ErrorNote error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <ErrorNote error={end.error} />
      <ul className={styles['devices']}>
        {list.data.map((device) => (
          <Device key={device.id} device={device} end={() => endOne(device.id)} isEnding={end.isPending && end.variables.sessionId === device.id} />
        ))}
      </ul>
    </>
  );
}
