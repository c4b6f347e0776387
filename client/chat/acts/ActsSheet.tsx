import { Drawer, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { quickEmoji } from '../emoji/catalogue.js';
import { EmojiPicker } from '../emoji/EmojiPicker.js';
import { useConversation } from './conversation.js';
import { react } from './messageActs.js';
import { useActs } from './useActs.js';
import styles from './ActsSheet.module.css';

function QuickRow({ choose }: { choose: (emoji: string) => void }) {
  const { t } = useTranslation('emoji');
  return (
    <div className={styles['quick']}>
      {quickEmoji.map(({ emoji, name }) => (
        <UnstyledButton key={name} className={styles['emoji']} aria-label={t(name)} onClick={() => choose(emoji)}>
          {emoji}
        </UnstyledButton>
      ))}
    </div>
  );
}

function ActList({ message, close, pick }: { message: MessageView; close: () => void; pick: () => void }) {
  const { t } = useTranslation('messages');
  const acts = useActs()(message);
  return (
    <ul className={styles['acts']}>
      {acts.map(({ name, Icon, run }) => (
        <li key={name}>
          <UnstyledButton
            className={styles['act']}
            data-tone={name === 'remove' ? 'bad' : undefined}
            onClick={() => {
              if (name === 'react') return pick();
              close();
              run();
            }}
          >
            <Icon size={20} aria-hidden="true" />
            {t(`act.${name}`)}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

/** All that can be done with a message, for fingers and for whoever presses Enter on it: from below on phones, beside it else. */
export function ActsSheet({ message, close }: { message: MessageView; close: () => void }) {
  const { t } = useTranslation(['messages', 'common']);
  const { attempt } = useConversation();
  const [isPicking, setPicking] = useState(false);
  const isNarrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });
  const choose = (emoji: string): void => {
    close();
    attempt(() => react(message, emoji, true));
  };
  return (
    <Drawer
      opened
      onClose={close}
      position={isNarrow ? 'bottom' : 'right'}
      size={isNarrow ? 'auto' : 'xs'}
      title={t('messages:acts')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ content: styles['sheet'], body: styles['body'] }}
    >
      {message.deleted === null && <QuickRow choose={choose} />}
      {isPicking ? <EmojiPicker choose={choose} /> : <ActList message={message} close={close} pick={() => setPicking(true)} />}
    </Drawer>
  );
}
