/** What a host does with camera, microphone and screen: looks at them first, then puts them on stage. */
import { useState } from 'react';
import type { Silenced } from '../../../shared/contracts/live/onStage.js';
import type { TrackSource } from '../../../shared/contracts/live/stage.js';
import type { StageClient } from '../stage/stageClient.js';
import { useStage } from '../stage/useStage.js';
import { captureCamera, captureMicrophone, captureScreen, rememberChoice, rememberedChoice, type Choice } from './capture.js';
import { useCaptureProblems, type CaptureProblems } from './useCaptureProblems.js';
import { useLostDevices, type LostDevice } from './useLostDevices.js';
import { nothingSilenced, usePreview, type Preview } from './usePreview.js';

export interface HostMedia {
  preview: Preview;
  choice: Choice;
  problems: CaptureProblems;
  /** A device that was unplugged in mid-talk, until its owner has read of it. */
  lost: LostDevice | null;
  dismissLost: () => void;
  /** Opens the chosen devices for a preview. */
  check: () => Promise<void>;
  /** Nobody looks at the preview any more: its devices go off. What is on stage stays there. */
  letGo: () => void;
  /** Takes another device, in the preview or, where it is on stage, there. One that is off stays off. */
  choose: (kind: keyof Preview, deviceId: string) => Promise<void>;
  /** Puts camera and microphone on stage, as far as no host keeps them off; answers whether at least one could be had. */
  goOnStage: () => Promise<boolean>;
  leaveStage: () => Promise<void>;
  /** Puts a device on stage that is off, or could not be had before. */
  turnOn: (kind: keyof Preview) => Promise<void>;
  shareScreen: () => Promise<void>;
  stopSharing: () => Promise<void>;
}

/** One host's devices for one stage. @param silenced what they may not send; it is not captured either. */
export function useHostMedia(stage: StageClient, silenced: Silenced = nothingSilenced): HostMedia {
  const [choice, setChoice] = useState(rememberedChoice);
  const { problems, attempt } = useCaptureProblems();
  const { lost, dismiss } = useLostDevices(stage, useStage(stage).own, attempt);
  const { preview, open, look, replace, handOver, letGo } = usePreview(attempt);

  const choose: HostMedia['choose'] = async (kind, deviceId) => {
    const next = kind === 'camera' ? { ...choice, cameraId: deviceId } : { ...choice, microphoneId: deviceId };
    setChoice(next);
    rememberChoice(next);
    const { own } = stage.snapshot();
    const isSent = own.some(({ source }) => source === kind);
    if (!isSent && own.length > 0 && !preview[kind]) return;
    const track = await attempt(kind, () => capture(kind, deviceId));
    if (!track) return;
    if (isSent) await stage.publish(kind, track);
    else replace(kind, track);
  };

  const goOnStage = async () => {
    const { camera, microphone } = await open(choice, silenced);
    handOver();
    await Promise.all([camera && stage.publish('camera', camera), microphone && stage.publish('microphone', microphone)]);
    return camera !== null || microphone !== null;
  };

  const turnOn: HostMedia['turnOn'] = async (kind) => {
    const track = await attempt(kind, () => capture(kind, kind === 'camera' ? choice.cameraId : choice.microphoneId));
    if (!track) return;
    if (lost?.kind === kind) dismiss();
    await stage.publish(kind, track);
  };

  const shareScreen = async () => {
    const shared = await attempt('screen', captureScreen);
    if (shared) await Promise.all([stage.publish('screen', shared.screen), shared.sound && stage.publish('screenAudio', shared.sound)]);
  };

  const leave = (...sources: TrackSource[]) => async () => {
    await Promise.all(sources.map((source) => stage.unpublish(source)));
  };
  return { preview, choice, problems, lost, dismissLost: dismiss, check: () => look(choice), letGo, choose, goOnStage, turnOn, shareScreen, leaveStage: leave('camera', 'microphone', 'screen', 'screenAudio'), stopSharing: leave('screen', 'screenAudio') };
}

function capture(kind: keyof Preview, deviceId: string): Promise<MediaStreamTrack> {
  return kind === 'camera' ? captureCamera(deviceId) : captureMicrophone(deviceId);
}
