import { Alert, Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { community, type CommunityView } from '../../shared/contracts/community.js';
import { workshops } from '../../shared/contracts/workshops.js';
import { useRouteQuery } from '../api/useRoute.js';
import { openWorkshops } from '../home/workshopLinks.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { usePageTitle } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { TestModeBand } from '../ui/TestModeBand.js';
import { WorkshopCard } from '../workshops/WorkshopCard.js';
import { NextWorkshop } from './NextWorkshop.js';
import { TierCards } from './TierCards.js';
import styles from './FrontPage.module.css';

/** Beside the one at the top, this many are shown; the rest is one click away. */
const workshopsShown = 3;

function Hero({ us }: { us: CommunityView }) {
  const { t } = useTranslation('front');
  return (
    <div className={styles['words']}>
      <p className={styles['name']}>{us.name}</p>
      <h1>{us.tagline === '' ? us.name : us.tagline}</h1>
      <p className={styles['lead']}>{t('lead')}</p>
      <div className={styles['ways']}>
        <Button component={Link} to="/join" size="md">
          {t('joinFree')}
        </Button>
        <Button component={Link} to="/workshops" size="md" variant="default">
          {t('seeWorkshops')}
        </Button>
      </div>
    </div>
  );
}

function NeedsOrganizer() {
  const { t } = useTranslation('front');
  return (
    <Alert color="warn" variant="light" icon={<IconKey size={18} />} title={t('needsOrganizer.title')}>
      {t('needsOrganizer.text')}
    </Alert>
  );
}

/** `/` for who is not signed in: who we are, what comes next, what a membership opens, and the way in. */
export function FrontPage() {
  const { t } = useTranslation(['front', 'common']);
  usePageTitle('');
  const us = useRouteQuery(community.show, {});
  const list = useRouteQuery(workshops.list, {});
  if (us.data === undefined || list.isPending) {
    return us.error === null ? <PageSkeleton /> : <div className={styles['page']}><ErrorNote error={us.error} retry={() => void us.refetch()} /></div>;
  }
  const [next, ...later] = openWorkshops(list.data ?? []);
  return (
    <>
      <TestModeBand />
      <div className={styles['page']}>
        {us.data.needsOrganizer && <NeedsOrganizer />}
        <section className={styles['hero']} data-alone={next === undefined}>
          <Hero us={us.data} />
          {next !== undefined && <NextWorkshop workshop={next} />}
        </section>
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
        {later.length > 0 && (
          <section>
            <h2>{t('front:more')}</h2>
            <ul className={styles['later']}>
              {later.slice(0, workshopsShown).map((workshop) => (
                <WorkshopCard key={workshop.id} workshop={workshop} />
              ))}
            </ul>
          </section>
        )}
        <section id="memberships">
          <h2>{t('front:memberships')}</h2>
          <TierCards tiers={us.data.tiers} />
        </section>
      </div>
    </>
  );
}
