import { Button } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState.js';
import { usePageTitle } from '../ui/PageFrame.js';

/** What stands at an address where nothing is. */
export function NotFoundPage() {
  const { t } = useTranslation();
  usePageTitle(t('notFound.title'));
  const home = (
    <Button component={Link} to="/">
      {t('backHome')}
    </Button>
  );
  return <EmptyState isPage icon={<IconCompass size={24} />} title={t('notFound.title')} text={t('notFound.text')} action={home} />;
}
