/** Who is on a workshop's stage and who wants to be, kept true while one is in it; and what follows for what this browser sends. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { z } from 'zod';
import { onStage, type OnStageView } from '../../shared/contracts/live/onStage.js';
import type { PersonView } from '../../shared/contracts/members.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { call, on } from '../api/socket.js';
import { useTold } from '../api/useTold.js';
import type { StageClient } from '../media/stage/stageClient.js';
import { hear } from './hear.js';

/** A host has silenced this member. */
export type Muting = z.infer<typeof onStage.muted.data>;

export interface OnStageHold {
  /** Null until it is known. */
  view: OnStageView | null;
  /** The last time one was silenced, until one has read of it. */
  muting: Muting | null;
  /** One was on stage until just now. */
  hasEnded: boolean;
  dismiss: () => void;
  /** Takes part of what a call answered, ahead of the push that tells everybody. */
  take: (part: Partial<OnStageView>) => void;
}

/** @param entries rises with each entering of the workshop; with each, and when it goes live, everything is asked for again. */
export function useOnStage({ id: workshopId, state, you }: WorkshopView, entries: number, stage: StageClient, me: PersonView): OnStageHold {
  const [muting, setMuting] = useState<Muting | null>(null);
  const { value, apply } = useTold<OnStageView>(
    entries * 2 + Number(state === 'live'),
    () => call(onStage.show, { workshopId }),
    (told) => {
      const here = <D extends { workshopId: string }>(part: (data: D) => Partial<OnStageView>) => (data: D) => {
        if (data.workshopId === workshopId) told((known) => hear(known, part(data)));
      };
      return [
        on(onStage.rosterChanged, here((roster) => ({ roster }))),
        on(onStage.handsChanged, here((hands) => ({ hands }))),
        on(onStage.ownChanged, here((own) => ({ own }))),
        on(onStage.muted, (data) => {
          if (data.workshopId !== workshopId) return;
          setMuting(data);
          void stopSending(stage, data);
        }),
      ];
    },
  );
  const isOn = value?.own.isSpeaker ?? false;
  const { hasEnded, forget } = useSpeaking(stage, isOn, you.canHost, me.id);
  const dismiss = () => {
    setMuting(null);
    forget();
  };
  return { view: value, muting, hasEnded, dismiss, take: (part) => apply((known) => hear(known, part)) };
}

/** Opens and closes what a speaker sends over, as they come and go. A host sends by their office. */
function useSpeaking(stage: StageClient, isOn: boolean, isHost: boolean, memberId: string) {
  const [was, setWas] = useState<'never' | 'on' | 'ended' | 'forgotten'>('never');
  if (isOn && was !== 'on') setWas('on');
  if (!isOn && was === 'on') setWas('ended');
  const follow = useEffectEvent((isSpeaking: boolean) => {
    if (isHost) return;
    if (isSpeaking) void stage.present();
    else if (was === 'ended') stage.endPresenting();
  });
  useEffect(() => follow(isOn), [isOn, memberId]);
  return { hasEnded: was === 'ended' && !isHost, forget: () => setWas((before) => (before === 'ended' ? 'forgotten' : before)) };
}

/** What a host stopped is stopped here too: the microphone waits, the camera's light goes out. */
async function stopSending(stage: StageClient, { media }: Muting): Promise<void> {
  const isOn = (source: string) => stage.snapshot().own.some((own) => own.source === source && !own.paused);
  if (media === 'audio') await Promise.all((['microphone', 'screenAudio'] as const).filter(isOn).map((source) => stage.setPaused(source, true)));
  else await Promise.all((['camera', 'screen'] as const).filter(isOn).map((source) => stage.unpublish(source)));
}
