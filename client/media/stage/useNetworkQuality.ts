/** The line to the stage, measured while it carries. */
import { useEffect, useState } from 'react';
import { judge, readCounters, type Counters, type NetworkQuality } from './networkQuality.js';
import type { StageClient } from './stageClient.js';

/** Milliseconds between two samples. */
const every = 3_000;

/** Null while there is nothing to measure; `isOn` says whether one is on the stage. */
export function useNetworkQuality(stage: StageClient, isOn: boolean): NetworkQuality | null {
  const [quality, setQuality] = useState<NetworkQuality | null>(null);
  useEffect(() => {
    if (!isOn) return;
    let before: Counters | null = null;
    const sample = async () => {
      const stats = await stage.stats();
      if (!stats) return;
      const now = readCounters(performance.now(), stats.receive, stats.send);
      // A rebuilt road begins its counters anew.
      if (before && now.packetsIn >= before.packetsIn) setQuality(judge(before, now));
      before = now;
    };
    // A transport that closes while it is read has nothing to tell.
    const timer = setInterval(() => void sample().catch(() => undefined), every);
    return () => {
      clearInterval(timer);
      setQuality(null);
    };
  }, [stage, isOn]);
  return quality;
}
