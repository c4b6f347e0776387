import { ActionIcon, Tooltip } from '@mantine/core';
import { IconShieldCog } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { Dialog } from '../../ui/Dialog.js';
import { ModeBadge } from './ModeBadge.js';
import { ModeForm } from './ModeForm.js';
import { useRoomMode } from './useRoomMode.js';
import styles from './mode.module.css';

/** For whoever may moderate the room: how it is spoken in, and the way to what was done here. */
export function ModerateButton({ room, keepsPage = false }: { room: RoomView | null; keepsPage?: boolean }) {
  const { t } = useTranslation('moderation');
  const [isOpen, setOpen] = useState(false);
  const mode = useRoomMode(room);
  if (room === null || mode === null || !room.mayModerate) return null;
  const label = t('moderate');
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size={36} className={styles['touch']} aria-label={label} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <IconShieldCog size={18} />
        </ActionIcon>
      </Tooltip>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={t('moderateRoom', { room: room.name })}>
        <ModeForm room={room} now={mode} keepsPage={keepsPage} close={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

/** Over a conversation that has no page of its own, for whoever may moderate its room. */
export function ModerationBar({ room }: { room: RoomView | null }) {
  if (room === null || !room.mayModerate) return null;
  return (
    <div className={styles['bar']}>
      <ModeBadge room={room} />
      <ModerateButton room={room} keepsPage />
    </div>
  );
}
