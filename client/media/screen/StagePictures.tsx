import { useTranslation } from 'react-i18next';
import type { Sights } from '../stage/sights.js';
import type { Picture } from './arrangement.js';
import type { Layout } from './layout.js';
import { Tile } from './Tile.js';
import styles from './pictures.module.css';

export interface StagePicturesProps {
  layout: Layout;
  sights: Sights;
  speakerId: string | null;
  isWithoutPicture: boolean;
  onFirstFrame: () => void;
}

/** The pictures of the stage, as the layout has them. */
export function StagePictures({ layout, sights, speakerId, isWithoutPicture, onFirstFrame }: StagePicturesProps) {
  const { t } = useTranslation('stage');
  const { kind, main, others, hidden } = layout;
  const tile = (picture: Picture) => (
    <Tile
      key={picture.key} picture={picture} sights={sights} isWithoutPicture={isWithoutPicture} onFirstFrame={onFirstFrame}
      isSpeaking={picture.source === 'camera' && picture.person.id === speakerId && !picture.isMuted}
    />
  );
  return (
    <div className={styles['pictures']} data-layout={kind}>
      {main && tile(main)}
      {others.length > 0 && <div className={styles['others']} data-count={others.length}>{others.map(tile)}</div>}
      {hidden > 0 && <span className={`${styles['more']} tabular`}>{t('layout.more', { count: hidden })}</span>}
    </div>
  );
}
