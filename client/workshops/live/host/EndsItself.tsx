import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/socket.js';
import { workshops, type WorkshopView } from '../../../../shared/contracts/workshops.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import { useFormat } from '../../../ui/format.js';
import type { LiveSession } from '../liveSession.js';
import styles from './host.module.css';

/** That the workshop ends by itself soon, for it may have been forgotten, and the button that keeps it open. */
export function EndsItself({ session, workshop }: { session: LiveSession; workshop: WorkshopView }) {
  const { t } = useTranslation('stage');
  const format = useFormat();
  const keep = useMutation({ mutationFn: () => call(workshops.keepOpen, { workshopId: workshop.id }), onSuccess: (kept) => session.take(kept) });
  if (workshop.endsItselfAt === null) return null;
  return (
    <div role="alert" className={styles['notice']}>
      <p>
        {t('endsItself.text', { time: format.time(workshop.endsItselfAt) })}
        <Button size="compact-sm" variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>{t('endsItself.keep')}</Button>
      </p>
      <ErrorNote error={keep.error} />
    </div>
  );
}
