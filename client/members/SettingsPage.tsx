import { Button } from '@mantine/core';
import { IconLogout, IconReceipt2, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { MeView } from '../../shared/contracts/members.js';
import { signOut, useSession } from '../api/session.js';
import { DataSection } from '../memberExport/DataSection.js';
import { StatusSection } from '../presence/StatusSection.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame, Section } from '../ui/PageFrame.js';
import { DevicesSection } from './DevicesSection.js';
import { LookSection } from './LookSection.js';
import { PasswordSection } from './PasswordSection.js';
import { ProfileSection } from './ProfileSection.js';
import styles from './members.module.css';

/** On phones this page is where "Me" leads, so what the rail holds on wide screens stands here. */
function Shortcuts({ me }: { me: MeView }) {
  const { t } = useTranslation();
  return (
    <nav className={styles['shortcuts']} aria-label={t('yours')}>
      <Button component={Link} to="/tickets" variant="default" leftSection={<IconReceipt2 size={17} />}>
        {t('tickets')}
      </Button>
      {me.role === 'organizer' && (
        <Button component={Link} to="/desk" variant="default" leftSection={<IconSettings size={17} />}>
          {t('desk')}
        </Button>
      )}
    </nav>
  );
}

function SignOutSection() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<unknown>(null);
  const leave = async (): Promise<void> => {
    setFailure(null);
    try {
      await signOut();
      await navigate('/');
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      <ErrorNote error={failure} />
      <Button variant="default" leftSection={<IconLogout size={17} />} onClick={() => void leave()}>
        {t('signOut')}
      </Button>
    </>
  );
}

/** `/settings`: who I am here, how the house looks and speaks to me, and where I am signed in. */
export function SettingsPage() {
  const { t } = useTranslation(['members', 'common', 'reading']);
  const { me } = useSession();
  if (me === null) return null;
  return (
    <PageFrame title={t('common:settings')} width="reading">
      <Shortcuts me={me} />
      <Section title={t('reading:status')}>
        <StatusSection status={me.status} />
      </Section>
      <Section title={t('profile')}>
        <ProfileSection me={me} />
      </Section>
      <Section title={t('look')}>
        <LookSection me={me} />
      </Section>
      <Section title={t('passwordSection')}>
        <PasswordSection />
      </Section>
      <Section title={t('devices')}>
        <DevicesSection />
      </Section>
      <Section title={t('data')}>
        <DataSection />
      </Section>
      <Section title={t('leaving')}>
        <SignOutSection />
      </Section>
    </PageFrame>
  );
}
