import { useEffect, useState } from 'react';
import { resumeSession, useSession } from '../api/session.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageSkeleton } from '../ui/Skeletons.js';

const againMs = 3_000;

/** The first moments: whether somebody is signed in is being asked. Where nobody answers, it says so and keeps asking. */
export function Starting() {
  const { problem } = useSession();
  const [tries, setTries] = useState(0);
  const retry = (): void => {
    resumeSession().catch(() => setTries((before) => before + 1));
  };
  useEffect(() => {
    if (problem === null) return;
    const timer = setTimeout(retry, againMs);
    return () => clearTimeout(timer);
  }, [problem, tries]);
  if (problem === null) return <PageSkeleton />;
  return <ErrorNote error={problem} retry={retry} />;
}
