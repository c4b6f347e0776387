import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HereView } from '../../shared/contracts/chat.js';
import { onStage as calls, type Presenter } from '../../shared/contracts/live/onStage.js';
import type { PersonView } from '../../shared/contracts/members.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { call } from '../api/socket.js';
import { Avatar } from '../ui/Avatar.js';
import { Badge } from '../ui/Badge.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { Hands } from './Hands.js';
import styles from './onStage.module.css';
import { PresenterMenu } from './PresenterMenu.js';
import { useAct } from './useAct.js';
import type { OnStageHold } from './useOnStage.js';

export interface OnStageSectionProps {
  workshop: WorkshopView;
  onStage: OnStageHold;
  me: PersonView;
  here: HereView | null;
}

/** Who is on stage, with what a host may do about each; for hosts, who wants to be. */
export function OnStageSection({ workshop, onStage, me, here }: OnStageSectionProps) {
  const { t } = useTranslation('onStage');
  const act = useAct(onStage);
  const isOpen = workshop.state === 'scheduled' || workshop.state === 'live';
  if (!onStage.view || !isOpen) return null;
  const { roster, hands } = onStage.view;
  const lead = roster.presenters.find(({ person }) => person.id === roster.leadHostId);
  const newest = hands?.hands.at(-1);
  const presenters = roster.presenters.map((presenter) => (
    <li key={presenter.person.id}>
      <Avatar person={presenter.person} size="small" />
      <span className={styles['name']}>{presenter.person.name}</span>
      <Marks presenter={presenter} isLead={presenter === lead} />
      <PresenterMenu presenter={presenter} workshop={workshop} roster={roster} me={me} act={act} />
    </li>
  ));
  return (
    <section className={styles['section']} aria-label={t('title')}>
      {presenters.length > 0 && <><h3>{t('title')}</h3><ul className={styles['list']}>{presenters}</ul></>}
      {roster.mayTakeLeadId === me.id && (
        <Button variant="default" onClick={() => void act.run(async () => ({ roster: await call(calls.handOver, { workshopId: workshop.id, memberId: me.id }) }))}>{t('takeLead')}</Button>
      )}
      {hands && <Hands workshopId={workshop.id} view={onStage.view} here={here} act={act} />}
      <ErrorNote error={act.error} />
      <p className="unseen" role="status">{newest && t('hands.raised', { name: newest.person.name })}</p>
      <p className="unseen" role="status">{roster.mayTakeLeadId && lead && t('leads', { name: lead.person.name })}</p>
    </section>
  );
}

function Marks({ presenter: { as, silenced }, isLead }: { presenter: Presenter; isLead: boolean }) {
  const { t } = useTranslation('onStage');
  return (
    <>
      {silenced.audio && <Badge tone="warn">{t('is.muted')}</Badge>}
      {silenced.video && <Badge tone="warn">{t('is.noVideo')}</Badge>}
      {as === 'host' && <Badge tone="accent">{isLead ? t('lead') : t('host')}</Badge>}
    </>
  );
}
