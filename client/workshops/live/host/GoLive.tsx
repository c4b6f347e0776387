import { Button } from '@mantine/core';
import { IconBroadcast } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/socket.js';
import { workshops, type WorkshopView } from '../../../../shared/contracts/workshops.js';
import { CaptureTrouble } from '../../../media/capture/CaptureTrouble.js';
import type { HostMedia } from '../../../media/capture/useHostMedia.js';
import { AskOnce } from '../../../ui/AskOnce.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import type { LiveSession } from '../liveSession.js';

export interface GoLiveProps {
  session: LiveSession;
  workshop: WorkshopView;
  media: HostMedia;
  isOnStage: boolean;
  /** How many wait. */
  count: number;
}

type Step = 'closed' | 'asked' | 'going' | 'withoutDevices';

/** The big button that asks once: camera and microphone go on stage first, then the doors open. */
export function GoLive({ session, workshop, media, isOnStage, count }: GoLiveProps) {
  const { t } = useTranslation('stage');
  const [step, setStep] = useState<Step>('closed');
  const [error, setError] = useState<unknown>(null);

  const goLive = async () => {
    const isBare = step === 'withoutDevices';
    setStep('going');
    setError(null);
    try {
      if (!isOnStage && !isBare && !(await media.goOnStage())) return setStep('withoutDevices');
      session.take(await call(workshops.goLive, { workshopId: workshop.id }));
      setStep('closed');
    } catch (failure) {
      setError(failure);
      setStep('asked');
    }
  };
  return (
    <>
      <Button color="live" leftSection={<IconBroadcast size={18} aria-hidden />} onClick={() => setStep('asked')}>{t('control.goLive')}</Button>
      <AskOnce
        opened={step !== 'closed'} title={t('goLive.title')} confirm={step === 'withoutDevices' ? t('goLive.without') : t('goLive.confirm')}
        tone="live" isBusy={step === 'going'} onConfirm={() => void goLive()} onClose={() => setStep('closed')}
      >
        <p>{t('goLive.text', { count })}</p>
        {step === 'withoutDevices' && <CaptureTrouble problems={media.problems} />}
        <ErrorNote error={error} />
      </AskOnce>
    </>
  );
}
