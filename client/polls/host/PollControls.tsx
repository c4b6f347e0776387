import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { polls as contract, type PollFacts, type PollView } from '../../../shared/contracts/live/polls.js';
import { request } from '../../api/http.js';
import { call } from '../../api/socket.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { saveFile } from '../../ui/saveFile.js';
import type { Polls } from '../usePolls.js';

/** What a host does with a poll, as far as it can be done now. */
export function PollControls({ poll, polls, onEdit }: { poll: PollView; polls: Polls; onEdit: () => void }) {
  const { t } = useTranslation('polls');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
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
  const exportVotes = run(async () => {
    const file = await request(contract.export, at);
    saveFile(file.name, file.type, file.text);
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
        {poll.state !== 'draft' && button(t('export'), exportVotes)}
      </Group>
      <ErrorNote error={error} />
    </>
  );
}
