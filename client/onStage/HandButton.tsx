import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { onStage } from '../../shared/contracts/live/onStage.js';
import { call } from '../api/socket.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useAct } from './useAct.js';
import type { OnStageHold } from './useOnStage.js';

/** Raises the hand, and lowers it. */
export function HandButton({ workshopId, hold }: { workshopId: string; hold: OnStageHold }) {
  const { t } = useTranslation('onStage');
  const { error, isBusy, run } = useAct(hold);
  if (!hold.view) return null;
  const { own, roster } = hold.view;
  const isUp = own.handSince !== null;
  const isLocked = roster.isLocked && !isUp;
  return (
    <>
      <Button
        variant={isUp ? 'filled' : 'default'} leftSection={<IconHandStop size={18} aria-hidden />} aria-pressed={isUp} disabled={isLocked} loading={isBusy}
        onClick={() => void run(async () => ({ own: await call(isUp ? onStage.lowerHand : onStage.raiseHand, { workshopId }) }))}
      >
        {isUp ? t('hand.lower') : t('hand.raise')}
      </Button>
      {isLocked && <span className="meta">{t('hand.locked')}</span>}
      <ErrorNote error={error} />
    </>
  );
}
