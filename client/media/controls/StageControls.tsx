import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMaximize, IconMinimize, IconPictureInPicture, IconPictureInPictureOff, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { layoutChoices } from '../screen/layout.js';
import type { StageView } from './stageView.js';
import type { Fullscreen } from './useFullscreen.js';
import type { PictureInPicture } from './usePictureInPicture.js';
import { useStageKeys } from './useStageKeys.js';
import { ViewMenu } from './ViewMenu.js';
import styles from './controls.module.css';

/** Controls that a page adds: `className` is the others' look, `hold` keeps all from fading while something is open. */
export type MoreControls = (among: { className: string | undefined; hold: (isOpen: boolean) => void }) => ReactNode;

export interface StageControlsProps {
  view: StageView;
  change: (part: Partial<StageView>) => void;
  fullscreen: Fullscreen;
  pip: PictureInPicture;
  isShown: boolean;
  isMenuOpen: boolean;
  onMenu: (opened: boolean) => void;
  more: MoreControls | undefined;
  hold: (isOpen: boolean) => void;
}

/** What whoever watches does with the picture. They fade while nobody moves; the keyboard reaches them always. */
export function StageControls({ view, change, fullscreen, pip, isShown, isMenuOpen, onMenu, more, hold }: StageControlsProps) {
  const { t } = useTranslation('stage');
  useStageKeys({
    f: fullscreen.toggle,
    p: pip.toggle,
    v: () => change({ layout: layoutChoices[(layoutChoices.indexOf(view.layout) + 1) % layoutChoices.length] ?? 'auto' }),
    s: () => change({ watching: view.watching === 'audio' ? 'everything' : 'audio' }),
  });
  return (
    <div className={styles['controls']} data-shown={isShown} role="toolbar" aria-label={t('watch.bar')}>
      {more?.({ className: styles['control'], hold })}
      <span className={styles['spring']} />
      <ViewMenu view={view} change={change} opened={isMenuOpen} onOpen={onMenu} isFullscreen={fullscreen.isOn} />
      {pip.isPossible && (
        <Control name={pip.isOn ? t('watch.pipOff') : t('watch.pip')} shortcut="P" Icon={pip.isOn ? IconPictureInPictureOff : IconPictureInPicture} isInside={fullscreen.isOn} onClick={pip.toggle} />
      )}
      {fullscreen.isPossible && (
        <Control name={fullscreen.isOn ? t('watch.fullOff') : t('watch.full')} shortcut="F" Icon={fullscreen.isOn ? IconMinimize : IconMaximize} isInside={fullscreen.isOn} onClick={fullscreen.toggle} />
      )}
    </div>
  );
}

interface ControlProps {
  name: string;
  shortcut: string;
  Icon: Icon;
  /** In full screen the tooltip must stand inside of it. */
  isInside: boolean;
  onClick: () => void;
}

function Control({ name, shortcut, Icon: ControlIcon, isInside, onClick }: ControlProps) {
  const { t } = useTranslation('stage');
  return (
    <Tooltip label={t('watch.withKey', { name, key: shortcut })} withinPortal={!isInside}>
      <ActionIcon variant="subtle" className={styles['control']} aria-label={name} aria-keyshortcuts={shortcut} onClick={onClick}><ControlIcon size={20} aria-hidden /></ActionIcon>
    </Tooltip>
  );
}
