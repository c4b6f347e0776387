import { ActionIcon, Menu, Popover, Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { useConversation, useOpened } from '../acts/conversation.js';
import { react } from '../acts/messageActs.js';
import { useActs, type Act } from '../acts/useActs.js';
import { quickEmoji } from '../emoji/catalogue.js';
import { EmojiPicker } from '../emoji/EmojiPicker.js';
import styles from './RowActions.module.css';

/** So many emoji stand in the bar itself. */
const quickMax = 3;

function QuickReactions({ message, mine }: { message: MessageView; mine: readonly string[] }) {
  const { t } = useTranslation('emoji');
  const { attempt } = useConversation();
  return quickEmoji.slice(0, quickMax).map(({ emoji, name }) => (
    <ActionIcon key={name} variant="subtle" color="gray" size={30} className={styles['emoji']} aria-label={t(name)} aria-pressed={mine.includes(emoji)} onClick={() => attempt(() => react(message, emoji, !mine.includes(emoji)))}>
      {emoji}
    </ActionIcon>
  ));
}

function ActButton({ act }: { act: Act }) {
  const { t } = useTranslation('messages');
  const label = t(`act.${act.name}`);
  return (
    <Tooltip label={act.shortcut === null ? label : t('withShortcut', { label, shortcut: act.shortcut })}>
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={label} onClick={act.run}>
        <act.Icon size={17} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The button that reacts, with the grid of emoji it opens. */
function PickButton({ message, act }: { message: MessageView; act: Act }) {
  const { attempt, opened } = useConversation();
  const isOpen = useOpened((now) => now?.kind === 'picker' && now.message.id === message.id);
  const choose = (emoji: string): void => {
    opened.set(null);
    attempt(() => react(message, emoji, true));
  };
  return (
    <Popover opened={isOpen} onChange={(open) => !open && opened.get()?.kind === 'picker' && opened.set(null)} trapFocus returnFocus position="top-end" shadow="md">
      <Popover.Target>
        <span>
          <ActButton act={act} />
        </span>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <EmojiPicker choose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

function MoreMenu({ message, acts }: { message: MessageView; acts: readonly Act[] }) {
  const { t } = useTranslation('messages');
  const { opened } = useConversation();
  const isOpen = useOpened((now) => now?.kind === 'menu' && now.message.id === message.id);
  const change = (open: boolean): void => {
    if (open) opened.set({ kind: 'menu', message });
    // An item that opens something else has closed the menu already.
    else if (opened.get()?.kind === 'menu') opened.set(null);
  };
  return (
    <Menu opened={isOpen} onChange={change} position="bottom-end" shadow="md" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('more')}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ name, Icon, shortcut, run }) => (
          <Menu.Item key={name} color={name === 'remove' || name === 'ban' ? 'bad' : undefined} leftSection={<Icon size={16} />} rightSection={shortcut !== null && <kbd className={styles['key']}>{shortcut}</kbd>} onClick={run}>
            {t(`act.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What can be done with a message, over its upper corner while it is pointed at or has the focus. */
export function RowActions({ message, mine }: { message: MessageView; mine: readonly string[] }) {
  const { t } = useTranslation('messages');
  const acts = useActs()(message);
  const rest = acts.filter(({ isQuick }) => !isQuick);
  return (
    <div role="toolbar" aria-label={t('acts')} className={styles['bar']}>
      {message.deleted === null && <QuickReactions message={message} mine={mine} />}
      {acts.filter(({ isQuick }) => isQuick).map((act) => (act.name === 'react' ? <PickButton key={act.name} message={message} act={act} /> : <ActButton key={act.name} act={act} />))}
      {rest.length > 0 && <MoreMenu message={message} acts={rest} />}
    </div>
  );
}
