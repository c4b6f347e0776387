/** What a member can do about a membership with one button. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memberships } from '../../shared/contracts/memberships/memberships.js';
import { useRouteMutation } from '../api/useRoute.js';
import { AskOnce } from '../ui/AskOnce.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { useTakeMine, type RunningMembership } from './useMine.js';

/** Ends the membership when what is paid for is over, after one plain question that says the day. */
export function CancelButton({ running }: { running: RunningMembership }) {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  const cancel = useRouteMutation(memberships.cancel);
  const take = useTakeMine();
  const [isAsked, setAsked] = useState(false);
  const when = format.date(running.state === 'trialing' ? running.trialEnd : running.periodEnd);
  const end = () => cancel.mutate({}, {
    onSuccess: (mine) => {
      setAsked(false);
      take(mine);
    },
  });
  return (
    <>
      <Button variant="subtle" color="gray" size="md" onClick={() => setAsked(true)}>{t('cancel')}</Button>
      <AskOnce opened={isAsked} title={t('cancel.ask')} confirm={t('cancel.do', { when })} refuse={t('cancel.keep')} tone="bad" isBusy={cancel.isPending} onConfirm={end} onClose={() => setAsked(false)}>
        <p>{t('cancel.text', { when })}</p>
        <ErrorNote error={cancel.error} />
      </AskOnce>
    </>
  );
}

/** Takes back a cancellation, or a change that is to come. */
export function ResumeButton({ running }: { running: RunningMembership }) {
  const { t } = useTranslation('memberships');
  const resume = useRouteMutation(memberships.resume);
  const take = useTakeMine();
  return (
    <>
      <Button size="md" loading={resume.isPending} onClick={() => resume.mutate({}, { onSuccess: take })}>{t('resume', { tier: running.plan.tierName })}</Button>
      <ErrorNote error={resume.error} />
    </>
  );
}
