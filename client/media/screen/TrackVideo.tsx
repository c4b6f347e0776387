import { useEffect, useRef } from 'react';

export interface TrackVideoProps {
  media: MediaStreamTrack;
  label: string;
  className?: string | undefined;
  /** Shown as in a mirror: how people know themselves. */
  isMirrored?: boolean;
  /** Called when the first picture of the track stands on the screen. */
  onFirstFrame?: (() => void) | undefined;
}

/** The picture of one track. Always silent: sound has its own element, so that a picture never waits for leave to play. */
export function TrackVideo({ media, label, className, isMirrored = false, onFirstFrame }: TrackVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = new MediaStream([media]);
    // Rejected only when the element goes away before it plays.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [media]);
  return <video ref={video} aria-label={label} className={className} data-mirrored={isMirrored || undefined} autoPlay playsInline muted onLoadedData={onFirstFrame} />;
}
