import { ActionIcon, Menu } from '@mantine/core';
import { IconBan, IconClockPause, IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { useSession } from '../../api/session.js';
import { mayHoldBack, restrictAsk } from './restrictAsk.js';
import styles from './restrict.module.css';

export interface PersonMenuProps {
  person: PersonView;
  /** The room they are seen in. */
  room: Pick<RoomView, 'id' | 'mayModerate'> | null;
}

/** What whoever moderates may do about a person; nothing is shown to others. */
export function PersonMenu({ person, room }: PersonMenuProps) {
  const { t } = useTranslation('moderation');
  const { me } = useSession();
  if (me === null || room === null || !room.mayModerate || !mayHoldBack(me, person)) return null;
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} className={styles['menu']} aria-label={t('actsOn', { name: person.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconClockPause size={16} />} onClick={() => restrictAsk.set({ kind: 'timeout', person, roomId: room.id })}>
          {t('timeOutMore')}
        </Menu.Item>
        <Menu.Item color="bad" leftSection={<IconBan size={16} />} onClick={() => restrictAsk.set({ kind: 'ban', person, roomId: room.id })}>
          {t('banMore')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
