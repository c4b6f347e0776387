import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { polls as contract, type PollFacts, type PollView } from '../../../shared/contracts/live/polls.js';
import { toCsv } from '../../../shared/csv.js';
import { call } from '../../api/socket.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { saveFile } from '../../ui/saveFile.js';
import { isRight } from '../results/score.js';
import type { Polls } from '../usePolls.js';

/** What a host does with a poll, as far as it can be done now. */
export function PollControls({ poll, polls, onEdit }: { poll: PollView; polls: Polls; onEdit: () => void }) {
  const { t } = useTranslation('polls');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const exportVotes = useExport(poll);
  const at = { workshopId: poll.workshopId, pollId: poll.id };
  const run = (act: () => Promise<unknown>) => async (): Promise<void> => {
    setBusy(true);
    setError(null);
    await act().catch(setError);
    setBusy(false);
  };
  const steer = (act: () => Promise<PollFacts>) => run(async () => polls.take(await act()));
  const button = (word: string, act: () => Promise<void>, isMain = false) => <Button size="compact-md" variant={isMain ? 'filled' : 'default'} disabled={isBusy} onClick={() => void act()}>{word}</Button>;
  const remove = run(async () => {
    await call(contract.remove, at);
    polls.drop(poll.id);
  });
  return (
    <>
      <Group gap={6}>
        {poll.state === 'draft' && button(t('launch'), steer(() => call(contract.launch, at)), true)}
        {poll.state === 'draft' && <Button size="compact-md" variant="default" onClick={onEdit}>{t('edit')}</Button>}
        {poll.state === 'draft' && button(t('remove'), remove)}
        {poll.state === 'open' && button(t('close'), steer(() => call(contract.close, at)), true)}
        {poll.state !== 'draft' && button(poll.resultsShown ? t('hide') : t('show'), steer(() => call(contract.showResults, { ...at, isShown: !poll.resultsShown })))}
        {poll.state === 'closed' && !poll.isQuiz && button(t('reopen'), steer(() => call(contract.reopen, at)))}
        {poll.state !== 'draft' && <Button size="compact-md" variant="default" component={Link} to={`/workshops/${poll.workshopId}/projector`} target="_blank">{t('project')}</Button>}
        {poll.state !== 'draft' && button(t('export'), run(exportVotes))}
      </Group>
      <ErrorNote error={error} />
    </>
  );
}

/** Saves the votes one by one as a CSV file, as far as hosts may know them. */
function useExport(poll: PollView): () => Promise<void> {
  const { t } = useTranslation('polls');
  return async () => {
    const rows = await call(contract.votes, { workshopId: poll.workshopId, pollId: poll.id });
    const head = [t('csv.person'), t('csv.choice'), ...(poll.isQuiz ? [t('csv.right')] : [])];
    const right = poll.right ?? [];
    const cells = rows.map(({ person, options, text }) => [
      person?.name ?? t('csv.anonymous'),
      poll.kind === 'text' ? text : options.map((option) => poll.options[option] ?? '').join('; '),
      ...(poll.isQuiz ? [isRight(right, options) ? t('yes') : t('no')] : []),
    ]);
    saveFile('poll.csv', 'text/csv', toCsv([[poll.question], head, ...cells]));
  };
}
