/** How loud a microphone is. */
import { useEffect, useState } from 'react';

const every = 100;

/** 0 (silence) to 1 (as loud as it gets), ten times a second; 0 without a track. */
export function useLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!track) return undefined;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // Decibels from -60 (a quiet room) to 0, as ears hear it.
      setLevel(Math.min(Math.max((10 * Math.log10(power + 1e-9) + 60) / 60, 0), 1));
    }, every);
    return () => {
      clearInterval(timer);
      void context.close();
      setLevel(0);
    };
  }, [track]);
  return level;
}
