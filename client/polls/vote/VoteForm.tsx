import { ActionIcon, Button, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconClock } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice, PollView } from '../../../shared/contracts/live/polls.js';
import { limits } from '../../../shared/limits.js';
import { newClientId } from '../../api/clientId.js';
import { useWishes } from '../../api/waiting/wishes.js';
import { votes } from '../votes.js';
import styles from '../polls.module.css';

const nothing: Choice = { options: [], text: '' };

/** Where a member votes: the choice is sent at once, or waits for the connection, and can be changed until the poll is closed. */
export function VoteForm({ poll }: { poll: PollView }) {
  const { t } = useTranslation('polls');
  const waiting = useWishes(votes).find(({ item }) => item.pollId === poll.id);
  const isUnderWay = waiting?.refusal === null;
  const cast = (isUnderWay ? waiting.item.choice : poll.mine?.choice) ?? nothing;
  const [choice, setChoice] = useState<Choice>(waiting?.item.choice ?? cast);
  const hasVoted = cast.options.length > 0 || cast.text !== '';
  // A ranking stands as it is until something is moved: that, too, can be meant.
  const wanted = poll.kind === 'ranking' && choice.options.length === 0 ? { ...nothing, options: poll.options.map((_, option) => option) } : choice;
  const put = (next: Choice): void => {
    setChoice(next);
    votes.put({ workshopId: poll.workshopId, pollId: poll.id, clientVoteId: newClientId(), choice: next });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted.options.length > 0 || wanted.text.trim() !== '') put({ ...wanted, text: wanted.text.trim() });
  };
  const isSame = hasVoted && wanted.text.trim() === cast.text && wanted.options.join() === cast.options.join();
  return (
    <form className={styles['vote']} onSubmit={submit}>
      <Fields poll={poll} choice={wanted} choose={setChoice} />
      <Group gap="sm">
        <Button type="submit" disabled={isSame || (wanted.options.length === 0 && wanted.text.trim() === '')}>{hasVoted ? t('change') : t('vote')}</Button>
        {hasVoted && <Button variant="subtle" color="gray" onClick={() => put(nothing)}>{t('takeBack')}</Button>}
      </Group>
      <p className={`${styles['standing']} meta`} role="status">
        {isUnderWay ? <><IconClock size={14} aria-hidden /> {t('waiting')}</> : hasVoted && `${t('voted')} ${t('votedOpen')}`}
      </p>
    </form>
  );
}

interface FieldsProps {
  poll: PollView;
  choice: Choice;
  choose: (choice: Choice) => void;
}

function Fields({ poll, choice, choose }: FieldsProps) {
  const { t } = useTranslation('polls');
  const pick = (options: number[]): void => choose({ ...nothing, options });
  if (poll.kind === 'text') return <TextInput aria-label={t('answer')} placeholder={t('answer')} maxLength={limits.pollAnswerLength} value={choice.text} onChange={(event) => choose({ ...nothing, text: event.currentTarget.value })} />;
  if (poll.kind === 'ranking') return <Ranking poll={poll} order={choice.options} onOrder={pick} />;
  if (poll.kind === 'single') {
    return (
      <Radio.Group aria-label={poll.question} value={String(choice.options[0] ?? '')} onChange={(option) => pick([Number(option)])}>
        <Stack gap={4}>{poll.options.map((text, option) => <Radio key={text} className={styles['option']} value={String(option)} label={text} />)}</Stack>
      </Radio.Group>
    );
  }
  return (
    <Checkbox.Group aria-label={poll.question} value={choice.options.map(String)} onChange={(chosen) => pick(chosen.map(Number).toSorted((a, b) => a - b))}>
      <Stack gap={4}>{poll.options.map((text, option) => <Checkbox key={text} className={styles['option']} value={String(option)} label={text} />)}</Stack>
    </Checkbox.Group>
  );
}

function Ranking({ poll, order, onOrder }: { poll: PollView; order: readonly number[]; onOrder: (order: number[]) => void }) {
  const { t } = useTranslation('polls');
  const swap = (place: number, other: number): void => {
    const next = [...order];
    [next[place], next[other]] = [next[other] ?? 0, next[place] ?? 0];
    onOrder(next);
  };
  return (
    <>
      <p className="meta">{t('ranked')}</p>
      <ol className={styles['ranking']}>
        {order.map((option, place) => {
          const name = { option: poll.options[option] ?? '' };
          return (
            <li key={option}>
              <span>{name.option}</span>
              <ActionIcon variant="default" size={44} aria-label={t('up', name)} disabled={place === 0} onClick={() => swap(place, place - 1)}><IconArrowUp size={18} aria-hidden /></ActionIcon>
              <ActionIcon variant="default" size={44} aria-label={t('down', name)} disabled={place === order.length - 1} onClick={() => swap(place, place + 1)}><IconArrowDown size={18} aria-hidden /></ActionIcon>
            </li>
          );
        })}
      </ol>
    </>
  );
}
