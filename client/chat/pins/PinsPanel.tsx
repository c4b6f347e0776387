import { ActionIcon, Button } from '@mantine/core';
import { IconPinnedOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { Avatar } from '../../ui/Avatar.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { pinMessage } from '../acts/messageActs.js';
import { useName } from '../row/useName.js';
import { MessageText } from '../text/MessageText.js';
import { usePins } from './usePins.js';
import styles from './PinsPanel.module.css';

export interface PinsPanelProps {
  roomId: string;
  me: PersonView;
  mayModerate: boolean;
  /** Leads to where a message was said. */
  show: (message: MessageView) => void;
}

function Pinned({ message, me, show, unpin }: { message: MessageView; me: PersonView; show: () => void; unpin: (() => void) | null }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const name = useName();
  return (
    <li className={styles['pin']}>
      <p className={styles['head']}>
        <Avatar person={message.author} size="small" />
        <span className={styles['name']}>{name(message.author)}</span>
        <span className="meta">{format.dateTime(message.sentAt)}</span>
      </p>
      <div className={styles['text']}>
        <MessageText text={message.text} mentions={message.mentions} myId={me.id} />
      </div>
      <p className={styles['ways']}>
        <Button size="compact-sm" variant="light" onClick={show}>
          {t('showThere')}
        </Button>
        {unpin !== null && (
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('act.unpin')} onClick={unpin}>
            <IconPinnedOff size={16} />
          </ActionIcon>
        )}
      </p>
    </li>
  );
}

/** What was pinned in a room, the latest first. */
export function PinsPanel({ roomId, me, mayModerate, show }: PinsPanelProps) {
  const { t } = useTranslation('messages');
  const { pinned, problem, ask } = usePins(roomId);
  const [failed, setFailed] = useState<unknown>(null);
  const unpin = (message: MessageView): void => {
    pinMessage(message, false).then(() => setFailed(null), setFailed);
  };
  return (
    <div className={styles['panel']}>
      <h2>{t('pins')}</h2>
      <ErrorNote error={problem} retry={ask} />
      <ErrorNote error={failed} />
      {pinned?.length === 0 && <EmptyState title={t('noPins')} text={mayModerate ? t('noPinsHow') : t('noPinsWho')} />}
      <ul>
        {pinned?.map((message) => (
          <Pinned key={message.id} message={message} me={me} show={() => show(message)} unpin={mayModerate ? () => unpin(message) : null} />
        ))}
      </ul>
    </div>
  );
}
