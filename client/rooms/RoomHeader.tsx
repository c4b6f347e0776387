import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconDots, IconHash, IconPin, IconUsers } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HereView } from '../../shared/contracts/chat.js';
import type { RoomView } from '../../shared/contracts/rooms.js';
import { JumpToDate } from '../chat/JumpToDate.js';
import { ModeBadge } from '../moderation/mode/ModeBadge.js';
import { ModerateButton } from '../moderation/mode/ModerateButton.js';
import { MuteButton } from '../reading/MuteButton.js';
import { PageHeader } from '../ui/PageFrame.js';
import { GateBadge } from './GateBadge.js';
import { TrustButton } from '../trust/TrustButton.js';
import type { OpenTimeline } from '../chat/useTimeline.js';
import type { PanelName } from './RoomPanel.js';
import styles from './RoomPage.module.css';

export interface RoomHeaderProps {
  room: RoomView | null;
  /** Null while one is not inside. */
  here: HereView | null;
  /** The room's timeline, once it is opened. */
  open: OpenTimeline | null;
  panel: PanelName | null;
  /** Opens a panel, or closes the one that is open. */
  toggle: (panel: PanelName) => void;
  jumpToDate: (at: string) => void;
}

function RoomTitle({ room }: { room: RoomView | null }) {
  return (
    <span className={styles['title']}>
      <IconHash size={18} aria-hidden="true" />
      {room?.name}
    </span>
  );
}

/** Controls that stand in the bar where there is room for them, and otherwise beneath it, once they are asked for. */
function Folding({ panel, children }: { panel: PanelName | null; children: ReactNode }) {
  const { t } = useTranslation('chat');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  // A panel that opens takes the place of what led to it.
  useEffect(() => setOpen(false), [panel]);
  useEffect(() => {
    if (!isOpen) return;
    const look = ({ target }: PointerEvent): void => {
      // What these controls open stands in a portal, beside the page.
      if (target instanceof Element && target.closest('[data-foldable], [data-portal]') === null) setOpen(false);
    };
    document.addEventListener('pointerdown', look);
    return () => document.removeEventListener('pointerdown', look);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen || event.defaultPrevented || !event.currentTarget.contains(event.target as Node)) return;
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span data-foldable className={styles['foldable']} role="presentation" onKeyDown={onKeyDown}>
      <div id={id} className={styles['folding']} data-open={isOpen}>
        {children}
      </div>
      <ActionIcon ref={button} variant="subtle" color="gray" size={36} className={styles['unfold']} aria-label={t('moreOfRoom')} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <IconDots size={18} />
      </ActionIcon>
    </span>
  );
}

/** The bar over a room: its name, who may enter, its topic, and what belongs to it. One more control is one more line here. */
export function RoomHeader({ room, here, open, panel, toggle, jumpToDate }: RoomHeaderProps) {
  const { t } = useTranslation(['chat', 'messages']);
  const meta = room !== null && (
    <>
      <GateBadge gate={room.gate} />
      <ModeBadge room={room} />
      <span className={styles['topic']}>{room.topic}</span>
    </>
  );
  const actions = here !== null && (
    <>
      <Folding panel={panel}>
        <ModerateButton room={room} />
        <MuteButton roomId={here.roomId} />
        {open !== null && <TrustButton open={open} />}
        <JumpToDate jump={jumpToDate} />
        <Tooltip label={t('messages:pins')}>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('messages:pins')} aria-expanded={panel === 'pins'} onClick={() => toggle('pins')}>
            <IconPin size={18} />
          </ActionIcon>
        </Tooltip>
      </Folding>
      <Button variant="subtle" color="gray" px={8} leftSection={<IconUsers size={17} />} aria-expanded={panel === 'people'} aria-label={t('chat:hereCount', { count: here.count })} onClick={() => toggle('people')}>
        <span className="tabular">{here.count}</span>
      </Button>
    </>
  );
  return <PageHeader back="/rooms" title={<RoomTitle room={room} />} meta={meta} actions={actions} />;
}
