import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { muteRoom } from './marks.js';
import { useReadState } from './useReading.js';

/** Mutes the room, or lets it be heard again. It shows how it stands; where that cannot be changed now it stays so. */
export function MuteButton({ roomId }: { roomId: string }) {
  const { t } = useTranslation('reading');
  const state = useReadState({ roomId, threadId: null });
  if (state === null) return null;
  const label = state.isMuted ? t('unmute') : t('mute');
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} aria-pressed={state.isMuted} onClick={() => void muteRoom(roomId, !state.isMuted).catch(() => undefined)}>
        {state.isMuted ? <IconBellOff size={18} /> : <IconBell size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
