import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Status } from '../../shared/roles.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useStatus } from './useStatus.js';

/** How one stands, where there is no menu for it. */
export function StatusSection({ status }: { status: Status }) {
  const { t } = useTranslation('reading');
  const { choose, error } = useStatus();
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('status')}
        value={status}
        onChange={(value) => choose(Status.parse(value))}
        data={Status.options.map((value) => ({ value, label: t(`status.${value}`) }))}
      />
      <ErrorNote error={error} />
    </>
  );
}
