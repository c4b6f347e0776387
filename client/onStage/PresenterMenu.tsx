import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { onStage, type Presenter, type RosterView, type Silence } from '../../shared/contracts/live/onStage.js';
import type { PersonView } from '../../shared/contracts/members.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { call } from '../api/socket.js';
import { mayHoldBack, restrictAsk } from '../moderation/restrict/restrictAsk.js';
import type { Act } from './useAct.js';
import styles from './onStage.module.css';

export interface PresenterMenuProps {
  presenter: Presenter;
  workshop: WorkshopView;
  roster: RosterView;
  me: PersonView;
  act: Act;
}

/** What a host may do about somebody on stage. Hosts are the leading one's to silence. */
export function PresenterMenu({ presenter, workshop, roster, me, act }: PresenterMenuProps) {
  const { t } = useTranslation('onStage');
  const { person, as, silenced } = presenter;
  const leads = roster.leadHostId === me.id || me.role === 'organizer';
  if (!workshop.you.canHost || person.id === me.id || (as === 'host' && !leads)) return null;
  const ofMember = { workshopId: workshop.id, memberId: person.id };
  const silence = (media: Silence['media'], how: Silence['how']) => () => void act.run(async () => ({ roster: await call(onStage.silence, { ...ofMember, media, how }) }));
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} className={styles['touch']} aria-label={t('acts', { name: person.name })}><IconDots size={18} aria-hidden /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {silenced.audio
          ? <Menu.Item onClick={silence('audio', 'lifted')}>{t('act.liftAudio')}</Menu.Item>
          : <><Menu.Item onClick={silence('audio', 'once')}>{t('act.mute')}</Menu.Item><Menu.Item onClick={silence('audio', 'held')}>{t('act.holdAudio')}</Menu.Item></>}
        {silenced.video
          ? <Menu.Item onClick={silence('video', 'lifted')}>{t('act.liftVideo')}</Menu.Item>
          : <><Menu.Item onClick={silence('video', 'once')}>{t('act.stopVideo')}</Menu.Item><Menu.Item onClick={silence('video', 'held')}>{t('act.holdVideo')}</Menu.Item></>}
        <Menu.Divider />
        {as === 'host'
          ? roster.leadHostId !== person.id && <Menu.Item onClick={() => void act.run(async () => ({ roster: await call(onStage.handOver, ofMember) }))}>{t('act.handOver')}</Menu.Item>
          : <Menu.Item onClick={() => void act.run(async () => ({ roster: await call(onStage.takeOffStage, ofMember) }))}>{t('act.offStage')}</Menu.Item>}
        {mayHoldBack(me, person) && <Menu.Item color="bad" onClick={() => restrictAsk.set({ kind: 'ban', person, roomId: workshop.roomId })}>{t('act.remove')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
