/** A camera or microphone that is unplugged in mid-talk: another one takes its place, and its owner is told. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { StageClient } from '../stage/stageClient.js';
import type { Publication } from '../stage/stageState.js';
import { captureCamera, captureMicrophone } from './capture.js';
import type { Attempt } from './useCaptureProblems.js';

type Device = 'camera' | 'microphone';

/** What was lost, and the name of what is used instead; null where there is nothing. */
export interface LostDevice {
  kind: Device;
  instead: string | null;
}

const isDevice = ({ source }: Publication): boolean => source === 'camera' || source === 'microphone';

/** Watches what this browser sends. @param attempt asks for a device, and notes why it could not be had. */
export function useLostDevices(stage: StageClient, own: readonly Publication[], attempt: Attempt): { lost: LostDevice | null; dismiss: () => void } {
  const [lost, setLost] = useState<LostDevice | null>(null);
  const replace = useEffectEvent(async ({ source, paused }: Publication) => {
    const kind: Device = source === 'camera' ? 'camera' : 'microphone';
    // Any device of the kind: the chosen one is the one that is gone.
    const track = await attempt(kind, () => (kind === 'camera' ? captureCamera('') : captureMicrophone('')));
    setLost({ kind, instead: track && track.label });
    await (track ? stage.publish(kind, track, paused) : stage.unpublish(kind));
  });
  useEffect(() => {
    const offs = own.filter(isDevice).map((publication) => {
      const gone = () => void replace(publication);
      publication.media.addEventListener('ended', gone, { once: true });
      return () => publication.media.removeEventListener('ended', gone);
    });
    return () => {
      for (const off of offs) off();
    };
  }, [own]);
  return { lost, dismiss: () => setLost(null) };
}
