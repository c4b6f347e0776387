import { Button } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.js';

function BrokenPage() {
  const { t } = useTranslation();
  const reload = <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>;
  return <EmptyState isPage icon={<IconMoodSad size={24} />} title={t('broken.title')} text={t('broken.text')} action={reload} />;
}

/** Catches what breaks while a page is drawn (or cannot be loaded after an update), so that the frame stays usable. */
export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}
