import { IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/Avatar.js';
import type { Sights } from '../stage/sights.js';
import type { Picture } from './arrangement.js';
import { TrackVideo } from './TrackVideo.js';
import { useSight } from './useSight.js';
import styles from './pictures.module.css';

export interface TileProps {
  picture: Picture;
  sights: Sights;
  isSpeaking: boolean;
  /** Sound alone is wanted: a face instead of the picture. */
  isWithoutPicture: boolean;
  onFirstFrame: () => void;
}

/** One picture of the stage with its name. */
export function Tile({ picture, sights, isSpeaking, isWithoutPicture, onFirstFrame }: TileProps) {
  const { t } = useTranslation('stage');
  const { person, media, isOwn, isMuted, source, trackId } = picture;
  const frame = useSight(sights, trackId);
  const name = isOwn && source === 'camera' ? t('you') : person.name;
  const label = source === 'screen' ? t('person.screen', { name: person.name }) : name;
  return (
    <div ref={frame} className={styles['tile']} data-source={source} data-speaking={isSpeaking || undefined}>
      {media && (isOwn || !isWithoutPicture)
        ? <TrackVideo media={media} label={label} isMirrored={isOwn && source === 'camera'} onFirstFrame={isOwn ? undefined : onFirstFrame} />
        : <span className={styles['noPicture']}><Avatar person={person} size="large" /></span>}
      <span className={styles['nameTag']}>
        {source === 'camera' && isMuted && <IconMicrophoneOff size={14} aria-label={t('person.muted')} />}
        <span className={styles['name']}>{label}</span>
        {isSpeaking && <span className="unseen">{t('person.speaking')}</span>}
      </span>
    </div>
  );
}
