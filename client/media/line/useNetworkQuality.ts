/** The line to the stage, measured while it carries. */
import { useEffect, useState } from 'react';
import { judge, readCounters, type Counters, type NetworkQuality } from './networkQuality.js';
import type { StageClient } from '../stage/stageClient.js';

/** Milliseconds between two samples. */
const every = 3_000;
/** The first two samples lie closer together, so that something true is said soon. Milliseconds. */
const soon = 1_000;

/** Null while there is nothing to measure; `carries` says whether anything goes over the line. */
export function useNetworkQuality(stage: StageClient, carries: boolean): NetworkQuality | null {
  const [quality, setQuality] = useState<NetworkQuality | null>(null);
  useEffect(() => {
    if (!carries) return undefined;
    let before: Counters | null = null;
    let changes = 0;
    const sample = async () => {
      const stats = await stage.stats();
      if (!stats) return;
      const now = readCounters(performance.now(), stats);
      // A rebuilt road begins its counters anew.
      if (before && now.packetsIn >= before.packetsIn) setQuality(judge(stats.changes === changes ? before : { ...before, frozenMs: now.frozenMs }, now));
      before = now;
      changes = stats.changes;
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const measure = async () => {
      // A transport that closes while it is read has nothing to tell.
      await sample().catch(() => undefined);
      if (!isOver) timer = setTimeout(() => void measure(), before ? every : soon);
    };
    void measure();
    return () => {
      isOver = true;
      clearTimeout(timer);
      setQuality(null);
    };
  }, [stage, carries]);
  return quality;
}
