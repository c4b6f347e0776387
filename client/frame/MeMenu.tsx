import { Menu, UnstyledButton } from '@mantine/core';
import { IconLogout, IconSelector, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MeView } from '../../shared/contracts/members.js';
import { signOut } from '../api/session.js';
import { Face } from '../presence/PersonFace.js';
import { StatusItems } from '../presence/StatusItems.js';
import styles from './MeMenu.module.css';

/** Me, at the foot of the rail, with what concerns only me. */
export function MeMenu({ me }: { me: MeView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      await navigate('/');
    } catch {
      // Offline the session cannot be ended; the connection pill already says so, and the member is still signed in.
    }
  };
  return (
    <Menu position="top-start" width={216} shadow="md">
      <Menu.Target>
        <UnstyledButton className={styles['me']}>
          <Face person={me} standing={me.status} />
          <span className={styles['who']}>
            <span className={styles['name']}>{me.name}</span>
            <span className={styles['tier']}>{me.tier.name}</span>
          </span>
          <IconSelector size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <StatusItems status={me.status} />
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate('/settings')}>
          {t('settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
