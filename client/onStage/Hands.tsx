import { ActionIcon, Button, Select, Switch, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HereView } from '../../shared/contracts/chat.js';
import { onStage, type HandView, type OnStageView } from '../../shared/contracts/live/onStage.js';
import { call } from '../api/socket.js';
import { Avatar } from '../ui/Avatar.js';
import { Badge } from '../ui/Badge.js';
import { useFormat } from '../ui/format.js';
import type { Act } from './useAct.js';
import styles from './onStage.module.css';

export interface HandsProps {
  workshopId: string;
  view: OnStageView;
  here: HereView | null;
  act: Act;
}

/** For hosts: who wants onto the stage, the longest waiting first, and who was asked. */
export function Hands({ workshopId, view, here, act }: HandsProps) {
  const { t } = useTranslation('onStage');
  const hands = view.hands?.hands ?? [];
  const more = (view.hands?.count ?? 0) - hands.length;
  const invited = view.hands?.invited ?? [];
  const invite = (memberId: string) => void act.run(async () => ({ hands: await call(onStage.invite, { workshopId, memberId }) }));
  const lower = (memberId: string) => void act.run(async () => ({ hands: await call(onStage.lowerHandOf, { workshopId, memberId }) }));
  const withdraw = (memberId: string) => void act.run(async () => ({ hands: await call(onStage.withdrawInvitation, { workshopId, memberId }) }));
  return (
    <>
      <h3>{t('hands')}</h3>
      {hands.length + invited.length === 0 && <p className="meta">{t('hands.none')}</p>}
      <ol className={styles['list']}>
        {hands.map((hand) => <Hand key={hand.person.id} hand={hand} invite={() => invite(hand.person.id)} lower={() => lower(hand.person.id)} />)}
        {invited.map((person) => (
          <li key={person.id} className={styles['hand']}>
            <Avatar person={person} size="small" />
            <span className={styles['name']}>{person.name}</span>
            <Badge>{t('invited')}</Badge>
            <Drop label={t('withdrawName', { name: person.name })} onClick={() => withdraw(person.id)} />
          </li>
        ))}
      </ol>
      {more > 0 && <p className="meta tabular">{t('hands.more', { count: more })}</p>}
      <Select
        label={t('inviteSomebody')} placeholder={t('inviteWho')} searchable value={null} data={whoElse(view, here)}
        onChange={(memberId) => memberId && invite(memberId)}
      />
      <Lock workshopId={workshopId} view={view} act={act} />
    </>
  );
}

function Hand({ hand: { person, raisedAt, isFirst }, invite, lower }: { hand: HandView; invite: () => void; lower: () => void }) {
  const { t } = useTranslation('onStage');
  const format = useFormat();
  return (
    <li className={styles['hand']}>
      <Avatar person={person} size="small" />
      <span className={styles['name']}>
        {person.name}
        <span className={`${styles['facts']} meta tabular`}>{t('hands.since', { time: format.time(raisedAt) })} {isFirst && <Badge tone="accent">{t('hands.first')}</Badge>}</span>
      </span>
      <Button size="compact-sm" className={styles['touch']} aria-label={t('inviteName', { name: person.name })} onClick={invite}>{t('invite')}</Button>
      <Drop label={t('lowerName', { name: person.name })} onClick={lower} />
    </li>
  );
}

function Lock({ workshopId, view, act }: Omit<HandsProps, 'here'>) {
  const { t } = useTranslation('onStage');
  const set = (isLocked: boolean) => void act.run(async () => ({ roster: await call(onStage.lock, { workshopId, isLocked }) }));
  return <Switch label={t('lock')} checked={view.roster.isLocked} onChange={(event) => set(event.currentTarget.checked)} />;
}

function Drop({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={36} className={styles['touch']} aria-label={label} onClick={onClick}><IconX size={18} aria-hidden /></ActionIcon>
    </Tooltip>
  );
}

/** Those who are here and neither on stage, nor asked, nor among the hands. */
function whoElse({ roster, hands }: OnStageView, here: HereView | null): { value: string; label: string }[] {
  const taken = new Set([...roster.presenters.map(({ person }) => person.id), ...(hands?.hands ?? []).map(({ person }) => person.id), ...(hands?.invited ?? []).map(({ id }) => id)]);
  return (here?.people ?? []).filter(({ id }) => !taken.has(id)).map(({ id, name }) => ({ value: id, label: name }));
}
