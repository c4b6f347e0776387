import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { onStage } from '../../shared/contracts/live/onStage.js';
import { call } from '../api/socket.js';
import { DeviceCheck } from '../media/capture/DeviceCheck.js';
import type { HostMedia } from '../media/capture/useHostMedia.js';
import { Dialog } from '../ui/Dialog.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useAct } from './useAct.js';
import type { OnStageHold } from './useOnStage.js';

export interface InvitationDialogProps {
  workshopId: string;
  hold: OnStageHold;
  media: HostMedia;
}

/** A host asks one onto the stage: camera and microphone are looked at first, then it is a yes or a no. */
export function InvitationDialog({ workshopId, hold, media }: InvitationDialogProps) {
  const { t } = useTranslation('onStage');
  const { error, isBusy, run } = useAct(hold);
  const by = hold.view?.own.invitedBy ?? null;
  const decline = () => void run(async () => ({ own: await call(onStage.declineInvitation, { workshopId }) }));
  const accept = async () => {
    // Published before the road stands, and sent as soon as it does.
    if (await run(async () => ({ own: await call(onStage.acceptInvitation, { workshopId }) }))) await media.goOnStage();
  };
  return (
    <Dialog opened={by !== null} onClose={decline} title={t('invitation.title', { name: by?.name })} size="lg">
      <p>{t('invitation.text')}</p>
      <DeviceCheck media={media} camera={media.preview.camera} microphone={media.preview.microphone} />
      <ErrorNote error={error} />
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={decline}>{t('invitation.decline')}</Button>
        <Button loading={isBusy} onClick={() => void accept()} data-autofocus>{t('invitation.accept')}</Button>
      </Group>
    </Dialog>
  );
}
