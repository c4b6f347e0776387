import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HereView } from '../../../shared/contracts/chat.js';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { RoomPane } from '../../chat/RoomPane.js';
import { OnStageSection } from '../../onStage/OnStageSection.js';
import type { OnStageHold } from '../../onStage/useOnStage.js';
import { PollsPane } from '../../polls/PollsPane.js';
import type { Polls } from '../../polls/usePolls.js';
import { QuestionsPane } from '../../questions/QuestionsPane.js';
import type { Questions } from '../../questions/useQuestions.js';
import { useReadState } from '../../reading/useReading.js';
import { StepsPane } from '../../steps/StepsPane.js';
import type { Steps } from '../../steps/useSteps.js';
import { Badge } from '../../ui/Badge.js';
import { PeoplePane } from './PeoplePane.js';
import styles from './live.module.css';

export interface LiveRailProps {
  workshop: WorkshopView;
  me: PersonView;
  questions: Questions;
  polls: Polls;
  steps: Steps;
  here: HereView | null;
  onStage: OnStageHold;
}

/**
 * Beside the stage: chat, questions, polls, steps where there are any, people, with a count on each. The panes stay alive behind each other (hence
 * `display-none`, not `activity`): whoever reads the questions is still in the room.
 */
export function LiveRail({ workshop, me, questions, polls, steps, here, onStage }: LiveRailProps) {
  const { t } = useTranslation('workshops');
  const [tab, setTab] = useState<string | null>('chat');
  const room = { id: workshop.roomId, mayModerate: workshop.you.canHost || me.role === 'moderator' };
  const unread = useReadState({ roomId: workshop.roomId, threadId: null })?.unread ?? 0;
  const waiting = questions.all?.filter(({ state }) => state === 'approved' || state === 'answering').length ?? 0;
  const toVote = polls.all?.filter(({ state, mine }) => state === 'open' && mine === null).length ?? 0;
  const stuck = steps.view?.board?.queue.length ?? 0;
  const hands = onStage.view?.hands?.count ?? 0;
  const hasSteps = workshop.you.canHost || (steps.view?.list.steps.length ?? 0) > 0;
  return (
    <aside className={styles['rail']} aria-label={t('live.rail')}>
      <Tabs value={tab} onChange={setTab} className={styles['tabs']} keepMounted keepMountedMode="display-none">
        <Tabs.List grow className={styles['tabList']}>
          <Tabs.Tab value="chat" rightSection={tab !== 'chat' && unread > 0 && <Badge tone="accent">{unread}</Badge>}>{t('live.chat')}</Tabs.Tab>
          <Tabs.Tab value="questions" rightSection={waiting > 0 && <Badge>{waiting}</Badge>}>{t('live.questions')}</Tabs.Tab>
          <Tabs.Tab value="polls" rightSection={toVote > 0 && <Badge tone="accent">{toVote}</Badge>}>{t('live.polls')}</Tabs.Tab>
          {hasSteps && <Tabs.Tab value="steps" rightSection={stuck > 0 && <Badge tone="warn">{stuck}</Badge>}>{t('live.steps')}</Tabs.Tab>}
          <Tabs.Tab value="people" rightSection={hands > 0 ? <Badge tone="accent">{t('live.hands', { count: hands })}</Badge> : here && <Badge>{here.count}</Badge>}>{t('live.people')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="chat" className={styles['panel']}><RoomPane roomId={workshop.roomId} /></Tabs.Panel>
        <Tabs.Panel value="questions" className={styles['panel']}>
          <QuestionsPane workshopId={workshop.id} questions={questions} me={me} isOpen={workshop.state === 'scheduled' || workshop.state === 'live'} />
        </Tabs.Panel>
        <Tabs.Panel value="polls" className={styles['panel']}><PollsPane workshopId={workshop.id} polls={polls} canHost={workshop.you.canHost} /></Tabs.Panel>
        {hasSteps && <Tabs.Panel value="steps" className={styles['panel']}><StepsPane workshopId={workshop.id} steps={steps} /></Tabs.Panel>}
        <Tabs.Panel value="people" className={styles['panel']}>
          <PeoplePane
            here={here} hostIds={new Set(workshop.hosts.map((host) => host.id))} onStageIds={new Set(onStage.view?.roster.presenters.map(({ person }) => person.id))} room={room}
            top={<OnStageSection workshop={workshop} onStage={onStage} me={me} here={here} />}
          />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
