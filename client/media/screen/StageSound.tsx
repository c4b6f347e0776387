import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './stage.module.css';

/** The sound of the stage. Where the browser refuses to begin by itself, it asks for the one tap that is needed. */
export function StageSound({ sounds }: { sounds: { key: string; media: MediaStreamTrack }[] }) {
  const { t } = useTranslation('stage');
  const box = useRef<HTMLDivElement>(null);
  const [isBlocked, setBlocked] = useState(false);
  const playAll = () => {
    setBlocked(false);
    for (const element of box.current?.querySelectorAll('audio') ?? []) element.play().catch(() => setBlocked(true));
  };
  return (
    <div ref={box}>
      {sounds.map(({ key, media }) => <Sound key={key} media={media} onBlocked={() => setBlocked(true)} />)}
      {isBlocked && sounds.length > 0 && (
        <div className={styles['tap']} role="alert">
          <p>{t('sound.blocked')}</p>
          <Button leftSection={<IconVolume size={18} aria-hidden />} onClick={playAll}>{t('sound.play')}</Button>
        </div>
      )}
    </div>
  );
}

function Sound({ media, onBlocked }: { media: MediaStreamTrack; onBlocked: () => void }) {
  const audio = useRef<HTMLAudioElement>(null);
  const refuse = useEffectEvent(onBlocked);
  useEffect(() => {
    const element = audio.current;
    if (!element) return undefined;
    element.srcObject = new MediaStream([media]);
    element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') refuse();
    });
    return () => {
      element.srcObject = null;
    };
  }, [media]);
  return <audio ref={audio} autoPlay />;
}
