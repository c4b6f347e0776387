import { Menu } from '@mantine/core';
import { IconLogout, IconSettings } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MeView } from '../../../shared/contracts/members.js';
import { signOut } from '../../api/session.js';
import { StatusItems } from '../../presence/StatusItems.js';
import { MeButton } from './MeButton.js';

/** The menu of what concerns only me, with its button. It stands there because it was asked for, and so it opens at once. */
export function MeActions({ me }: { me: MeView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    // The button that was pressed has just given way to this one: focus stays on it, and comes back to it.
    button.current?.focus();
    setIsOpen(true);
  }, []);
  const leave = async (): Promise<void> => {
    try {
      await signOut();
      await navigate('/');
    } catch {
      // Offline the session cannot be ended; the connection pill already says so, and the member is still signed in.
    }
  };
  return (
    <Menu position="top-start" width={216} shadow="md" opened={isOpen} onChange={setIsOpen}>
      <Menu.Target>
        <MeButton ref={button} me={me} />
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
