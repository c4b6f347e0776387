import { useTranslation } from 'react-i18next';
import type { CaptureProblem } from './capture.js';
import type { CaptureProblems } from './useCaptureProblems.js';
import styles from './capture.module.css';

/** Why a device could not be had, and what the person can do. A picker they closed themselves is no trouble. */
export function CaptureTrouble({ problems }: { problems: CaptureProblems }) {
  const { t } = useTranslation('stage');
  const words: Record<Exclude<CaptureProblem, 'dismissed'>, string> = {
    denied: t('problem.denied'),
    missing: t('problem.missing'),
    busy: t('problem.busy'),
    unsupported: t('problem.unsupported'),
  };
  const say = (problem: CaptureProblem | undefined, of: (problem: string) => string) => (problem === undefined || problem === 'dismissed' ? null : of(words[problem]));
  const lines = [
    say(problems.camera, (problem) => t('problem.camera', { problem })),
    say(problems.microphone, (problem) => t('problem.microphone', { problem })),
    say(problems.screen, (problem) => t('problem.screen', { problem })),
  ].filter((line) => line !== null);
  if (lines.length === 0) return null;
  return <div role="alert" className={styles['trouble']}>{lines.map((line) => <p key={line}>{line}</p>)}</div>;
}
