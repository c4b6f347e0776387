import { Button } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { attendance } from '../../shared/contracts/attendance/attendance.js';
import { certificatePath, certificates } from '../../shared/contracts/attendance/certificates.js';
import { useSession } from '../api/session.js';
import { routeKey, useRouteMutation } from '../api/useRoute.js';
import { AskOnce } from '../ui/AskOnce.js';
import { ErrorNote } from '../ui/ErrorNote.js';

/** Makes the member's certificate for a workshop, after asking whether the name is right: it stays as it is made. */
export function GetCertificate({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('certificates');
  const { me } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const issue = useRouteMutation(certificates.issue);
  const [isAsked, setAsked] = useState(false);
  const make = () => issue.mutate({ workshopId }, {
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: routeKey(attendance.mine) });
      void navigate(certificatePath(id));
    },
  });
  return (
    <>
      <Button leftSection={<IconCertificate size={17} aria-hidden />} onClick={() => setAsked(true)}>{t('get')}</Button>
      <AskOnce opened={isAsked} title={t('get.title')} confirm={t('get.confirm')} isBusy={issue.isPending} onConfirm={make} onClose={() => setAsked(false)}>
        <p>{t('get.name', { name: me?.name ?? '' })}</p>
        <p>{t('get.stays')} <Link to="/settings">{t('get.settings')}</Link></p>
        <ErrorNote error={issue.error} />
      </AskOnce>
    </>
  );
}
