/** Camera and microphone opened for looking and listening, before anybody else does. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Silenced } from '../../../shared/contracts/live/onStage.js';
import { captureCamera, captureMicrophone, type Choice } from './capture.js';
import type { Attempt } from './useCaptureProblems.js';

/** Devices open for looking and listening, not (yet) on stage. */
export interface Preview {
  camera: MediaStreamTrack | null;
  microphone: MediaStreamTrack | null;
}

export interface PreviewHold {
  preview: Preview;
  /** Opens what is not open yet, and closes what may not be sent; what could be had of both. */
  open: (choice: Choice, silenced: Silenced) => Promise<Preview>;
  /** As `open`, only to look: closed at once where nobody looks any more by the time the browser answers. */
  look: (choice: Choice) => Promise<void>;
  /** Puts another track in the place of the one shown. */
  replace: (kind: keyof Preview, track: MediaStreamTrack) => void;
  /** Hands the open tracks over: they are no longer this hook's to stop. */
  handOver: () => void;
  /** Nobody looks any more: the devices go off. */
  letGo: () => void;
}

const nothing: Preview = { camera: null, microphone: null };
export const nothingSilenced: Silenced = { audio: false, video: false };

/** What is still only previewed is let go with the component. */
export function usePreview(attempt: Attempt): PreviewHold {
  const [preview, setPreview] = useState(nothing);
  const held = useRef(nothing);
  /** Counts how often the devices were let go. */
  const turn = useRef(0);
  const hold = useCallback((next: Preview) => {
    held.current = next;
    setPreview(next);
  }, []);
  const letGo = useCallback(() => {
    turn.current += 1;
    held.current.camera?.stop();
    held.current.microphone?.stop();
    hold(nothing);
  }, [hold]);
  useEffect(() => letGo, [letGo]);

  const open = async (choice: Choice, { audio, video }: Silenced) => {
    if (video) held.current.camera?.stop();
    if (audio) held.current.microphone?.stop();
    const camera = video ? null : (held.current.camera ?? (await attempt('camera', () => captureCamera(choice.cameraId))));
    const microphone = audio ? null : (held.current.microphone ?? (await attempt('microphone', () => captureMicrophone(choice.microphoneId))));
    hold({ camera, microphone });
    return held.current;
  };
  const look = async (choice: Choice) => {
    const mine = turn.current;
    await open(choice, nothingSilenced);
    if (mine !== turn.current) letGo();
  };
  const replace = (kind: keyof Preview, track: MediaStreamTrack) => {
    held.current[kind]?.stop();
    hold({ ...held.current, [kind]: track });
  };
  return { preview, open, look, replace, handOver: () => hold(nothing), letGo };
}
