import { Button, Loader } from '@mantine/core';
import { IconCircleCheck, IconCircleMinus, IconCircleX, IconClock, IconRefresh, type Icon } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { doctor, type DoctorView } from '../../shared/contracts/live/doctor.js';
import { call } from '../api/socket.js';
import { verdictOnLine } from '../media/line/lineVerdict.js';
import { ErrorNote, useFailureWords } from '../ui/ErrorNote.js';
import { Section } from '../ui/PageFrame.js';
import { CardsSkeleton } from '../ui/Skeletons.js';
import { Announced, Candidates } from './Candidates.js';
import { Findings } from './Findings.js';
import { useTrials, type RoadName, type Trial, type Trials } from './useTrials.js';
import styles from './doctor.module.css';

const roadsWithRelay = ['udp', 'tcp', 'relay'] as const;
const roadsWithout = ['udp', 'tcp'] as const;

/** Whether live video comes through between this browser and the server, by which roads, and what to do where it does not. */
export function Doctor() {
  const [setup, setSetup] = useState<DoctorView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    call(doctor.look, {}).then((view) => isCurrent && setSetup(view), (failure: unknown) => isCurrent && setError(failure));
    return () => {
      isCurrent = false;
    };
  }, [turn]);
  const look = () => {
    setError(null);
    setTurn((known) => known + 1);
  };
  if (error !== null) return <ErrorNote error={error} retry={look} />;
  return setup ? <Examination setup={setup} onAgain={look} /> : <CardsSkeleton />;
}

function Examination({ setup, onAgain }: { setup: DoctorView; onAgain: () => void }) {
  const { t } = useTranslation('doctor');
  const isReady = setup.findings.every(({ kind }) => kind !== 'notReady');
  const roads = setup.hasRelay ? roadsWithRelay : roadsWithout;
  const { trials, isOver, again } = useTrials(isReady ? roads : null);
  return (
    <div className={styles['doctor']} data-examined={isOver || !isReady}>
      <p>{t('text')}</p>
      {isReady && <Verdict trials={trials} isOver={isOver} />}
      {isReady && (
        <Section title={t('roads')} action={<Again isOver={isOver} onAgain={() => { onAgain(); again(); }} />}>
          <ul className={styles['roads']}>{roadsWithRelay.map((road) => <RoadCard key={road} road={road} trial={trials[road]} />)}</ul>
        </Section>
      )}
      <Section title={t('server')}>
        <Announced trials={trials} />
        <Findings findings={setup.findings} />
      </Section>
      {isReady && <Candidates trials={trials} />}
    </div>
  );
}

function Again({ isOver, onAgain }: { isOver: boolean; onAgain: () => void }) {
  const { t } = useTranslation('doctor');
  return <Button variant="default" size="compact-sm" className={styles['again']} disabled={!isOver} leftSection={<IconRefresh size={14} aria-hidden />} onClick={onAgain}>{t('again')}</Button>;
}

/** In one sentence, once all is tried. */
function Verdict({ trials, isOver }: { trials: Trials; isOver: boolean }) {
  const { t } = useTranslation('doctor');
  const best = roadsWithRelay.find((road) => comesThrough(trials[road]));
  const word = isOver ? (best ?? 'none') : 'trying';
  const tones = { trying: 'wait', udp: 'good', tcp: 'fair', relay: 'fair', none: 'bad' } as const;
  return (
    <p role="status" className={styles['verdict']} data-tone={tones[word]}>
      {word === 'trying' ? <Loader size="xs" aria-hidden /> : word === 'none' ? <IconCircleX size={20} aria-hidden /> : <IconCircleCheck size={20} aria-hidden />}
      {t(`verdict.${word}`)}
    </p>
  );
}

function comesThrough(trial: Trial | undefined): boolean {
  return trial?.state === 'tried' && verdictOnLine(trial.result.measure) !== 'none';
}

/** @param trial - undefined where the server has no such road. */
function RoadCard({ road, trial }: { road: RoadName; trial: Trial | undefined }) {
  const { t, i18n } = useTranslation('doctor');
  const words = useFailureWords();
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  if (!trial) return <Card road={road} tone="none" icon={IconCircleMinus} word={t('word.absent')}><p>{t('absent')}</p></Card>;
  if (trial.state === 'waiting') return <Card road={road} tone="wait" icon={IconClock} word={t('word.waiting')} />;
  if (trial.state === 'trying') return <Card road={road} tone="wait" icon={null} word={t('word.trying')} />;
  if (trial.state === 'failed') return <Card road={road} tone="bad" icon={IconCircleX} word={t('word.failed')}><p>{words(trial.error)}</p></Card>;
  const { measure } = trial.result;
  const verdict = verdictOnLine(measure);
  if (verdict === 'none' || !measure) return <Card road={road} tone="bad" icon={IconCircleX} word={t('word.none')}><p>{t(`advice.${road}`)}</p></Card>;
  return (
    <Card road={road} tone={verdict === 'video' ? 'good' : 'fair'} icon={IconCircleCheck} word={t(`word.${verdict}`)}>
      <p className="tabular">{t('measured', { rtt: measure.rttMs ?? '–', loss: percent.format(measure.loss), kbit: measure.kbit })}</p>
    </Card>
  );
}

interface CardProps {
  road: RoadName;
  tone: 'good' | 'fair' | 'bad' | 'wait' | 'none';
  /** Null while something goes on. */
  icon: Icon | null;
  word: string;
  children?: ReactNode;
}

function Card({ road, tone, icon: Sign, word, children }: CardProps) {
  const { t } = useTranslation('doctor');
  return (
    <li className={styles['road']} data-road={road} data-tone={tone}>
      <h3>{t(`road.${road}`)}</h3>
      <p className={styles['word']}>{Sign ? <Sign size={18} aria-hidden /> : <Loader size="xs" aria-hidden />} {word}</p>
      {children}
      <p className="meta">{t(`about.${road}`)}</p>
    </li>
  );
}
