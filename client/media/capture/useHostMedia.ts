/** What a host does with camera, microphone and screen: looks at them first, then puts them on stage. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TrackSource } from '../../../shared/contracts/stage.js';
import { captureCamera, CaptureError, captureMicrophone, captureScreen, rememberChoice, rememberedChoice, type CaptureProblem, type Choice } from './capture.js';
import type { StageClient } from '../stage/stageClient.js';

/** Devices open for looking and listening, not (yet) on stage. */
export interface Preview {
  camera: MediaStreamTrack | null;
  microphone: MediaStreamTrack | null;
}

export type CaptureProblems = Partial<Record<'camera' | 'microphone' | 'screen', CaptureProblem>>;

export interface HostMedia {
  preview: Preview;
  choice: Choice;
  problems: CaptureProblems;
  /** Opens the chosen devices for a preview; what could be had, and whether anything could. */
  check: () => Promise<boolean>;
  /** Takes another device, in the preview or, where it is on stage, there. */
  choose: (kind: 'camera' | 'microphone', deviceId: string) => Promise<void>;
  /** Lets the previewed devices go. */
  endPreview: () => void;
  /** Puts camera and microphone on stage; answers whether at least one could be had. */
  goOnStage: () => Promise<boolean>;
  leaveStage: () => Promise<void>;
  turnCameraOn: () => Promise<void>;
  shareScreen: () => Promise<void>;
  stopSharing: () => Promise<void>;
}

const nothing: Preview = { camera: null, microphone: null };

/** One host's devices for one stage; what is still only previewed is let go with the component. */
export function useHostMedia(stage: StageClient): HostMedia {
  const [choice, setChoice] = useState(rememberedChoice);
  const [problems, setProblems] = useState<CaptureProblems>({});
  const [preview, setPreview] = useState(nothing);
  const open = useRef(nothing);

  const show = useCallback((next: Preview) => {
    open.current = next;
    setPreview(next);
  }, []);
  const endPreview = useCallback(() => {
    open.current.camera?.stop();
    open.current.microphone?.stop();
    show(nothing);
  }, [show]);
  useEffect(() => endPreview, [endPreview]);

  const attempt = useCallback(async <T>(kind: keyof CaptureProblems, capture: () => Promise<T>): Promise<T | null> => {
    try {
      const captured = await capture();
      setProblems((known) => ({ ...known, [kind]: undefined }));
      return captured;
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      setProblems((known) => ({ ...known, [kind]: error.problem }));
      return null;
    }
  }, []);

  const check = async () => {
    const camera = open.current.camera ?? (await attempt('camera', () => captureCamera(choice.cameraId)));
    const microphone = open.current.microphone ?? (await attempt('microphone', () => captureMicrophone(choice.microphoneId)));
    show({ camera, microphone });
    return camera !== null || microphone !== null;
  };

  const choose = async (kind: 'camera' | 'microphone', deviceId: string) => {
    const next = kind === 'camera' ? { ...choice, cameraId: deviceId } : { ...choice, microphoneId: deviceId };
    setChoice(next);
    rememberChoice(next);
    const captured = await attempt(kind, () => (kind === 'camera' ? captureCamera(deviceId) : captureMicrophone(deviceId)));
    if (!captured) return;
    if (isOnStage(stage, kind)) return stage.publish(kind, captured);
    open.current[kind]?.stop();
    show({ ...open.current, [kind]: captured });
  };

  const goOnStage = async () => {
    const had = await check();
    const { camera, microphone } = open.current;
    // Handed over: from here on they are the stage's to stop.
    show(nothing);
    await Promise.all([camera && stage.publish('camera', camera), microphone && stage.publish('microphone', microphone)]);
    return had;
  };

  const turnCameraOn = async () => {
    const camera = await attempt('camera', () => captureCamera(choice.cameraId));
    if (camera) await stage.publish('camera', camera);
  };

  const shareScreen = async () => {
    const shared = await attempt('screen', captureScreen);
    if (!shared) return;
    await Promise.all([stage.publish('screen', shared.screen), shared.sound && stage.publish('screenAudio', shared.sound)]);
  };

  const leave = async (...sources: TrackSource[]) => {
    await Promise.all(sources.map((source) => stage.unpublish(source)));
  };
  return {
    preview, choice, problems, check, choose, endPreview, goOnStage, turnCameraOn, shareScreen,
    leaveStage: () => leave('camera', 'microphone', 'screen', 'screenAudio'),
    stopSharing: () => leave('screen', 'screenAudio'),
  };
}

function isOnStage(stage: StageClient, source: TrackSource): boolean {
  return stage.snapshot().own.some((publication) => publication.source === source);
}
