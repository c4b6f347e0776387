import { ActionIcon } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { muteRoom } from './marks.js';
import { TryTooltip } from './TryTooltip.js';
import { useAttempt } from './useAttempt.js';
import { useReadState } from './useReading.js';

/** Mutes the room, or lets it be heard again. It shows how it stands; where that cannot be changed now it stays so, and says why. */
export function MuteButton({ roomId }: { roomId: string }) {
  const { t } = useTranslation('reading');
  const state = useReadState({ roomId, threadId: null });
  const { problem, attempt, forget } = useAttempt();
  if (state === null) return null;
  const label = state.isMuted ? t('unmute') : t('mute');
  return (
    <TryTooltip label={label} problem={problem}>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} onClick={() => attempt(() => muteRoom(roomId, !state.isMuted))} onBlur={forget}>
        {state.isMuted ? <IconBellOff size={18} /> : <IconBell size={18} />}
      </ActionIcon>
    </TryTooltip>
  );
}
