import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconEar, IconLayoutBoard, IconLayoutGrid, IconLeaf, IconPhoto, IconScreenShare, IconUserScreen, IconWand, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Watching } from '../stage/viewing.js';
import type { LayoutChoice } from '../screen/layout.js';
import type { StageView } from './stageView.js';
import styles from './controls.module.css';

export interface ViewMenuProps {
  view: StageView;
  change: (part: Partial<StageView>) => void;
  opened: boolean;
  onOpen: (opened: boolean) => void;
  /** In full screen the menu must stand inside of it. */
  isFullscreen: boolean;
}

const layouts: readonly [LayoutChoice, Icon][] = [['auto', IconWand], ['speaker', IconUserScreen], ['grid', IconLayoutGrid], ['screen', IconScreenShare]];
const watchings: readonly [Watching, Icon][] = [['everything', IconPhoto], ['saver', IconLeaf], ['audio', IconEar]];

/** How the stage is laid out, and how much of it is received. */
export function ViewMenu({ view, change, opened, onOpen, isFullscreen }: ViewMenuProps) {
  const { t } = useTranslation('stage');
  return (
    <Menu opened={opened} onChange={onOpen} position="top-end" width={250} withinPortal={!isFullscreen}>
      <Tooltip label={t('layout.title')} withinPortal={!isFullscreen} disabled={opened}>
        <Menu.Target>
          <ActionIcon variant="subtle" className={styles['control']} aria-label={t('layout.title')}><IconLayoutBoard size={20} aria-hidden /></ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>{t('layout.layout')}</Menu.Label>
        <Menu.RadioGroup value={view.layout} onChange={(layout) => change({ layout: layout as LayoutChoice })}>
          {layouts.map(([layout, LayoutIcon]) => <Menu.RadioItem key={layout} value={layout} rightSection={<LayoutIcon size={16} aria-hidden />}>{t(`layout.${layout}`)}</Menu.RadioItem>)}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t('layout.picture')}</Menu.Label>
        <Menu.RadioGroup value={view.watching} onChange={(watching) => change({ watching: watching as Watching })}>
          {watchings.map(([watching, WatchingIcon]) => <Menu.RadioItem key={watching} value={watching} rightSection={<WatchingIcon size={16} aria-hidden />}>{t(`layout.${watching}`)}</Menu.RadioItem>)}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
