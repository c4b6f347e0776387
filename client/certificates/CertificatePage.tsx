import { Button } from '@mantine/core';
import { IconCertificateOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { certificates } from '../../shared/contracts/attendance/certificates.js';
import { isFailure } from '../api/problems.js';
import { useRouteQuery } from '../api/useRoute.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { CertificateCard } from './CertificateCard.js';

/** `/certificates/:certificateId`: one certificate, for whoever was given its address; no account is needed. */
export function CertificatePage() {
  const { t } = useTranslation('certificates');
  const { certificateId = '' } = useParams();
  const shown = useRouteQuery(certificates.show, { certificateId });
  const isUnknown = isFailure(shown.error, 'certificate.not_found') || isFailure(shown.error, 'input.invalid');
  return (
    <PageFrame title={t('title')} width="reading">
      {shown.data ? <CertificateCard certificate={shown.data} />
        : isUnknown ? <EmptyState icon={<IconCertificateOff size={22} />} title={t('unknown')} text={t('unknownText')} action={<Button component={Link} to="/certificates">{t('check')}</Button>} />
        : shown.isPending ? <PageSkeleton /> : <ErrorNote error={shown.error} retry={() => void shown.refetch()} />}
    </PageFrame>
  );
}
