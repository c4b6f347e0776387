import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../../../shared/contracts/live/questions.js';
import { limits } from '../../../../shared/limits.js';
import { sendMessage } from '../../../chat/outbox.js';
import { useRooms } from '../../../rooms/useRooms.js';
import { creditedText } from './creditedText.js';

/** Tells an answered question in a room, as a message of the host's own: whoever may write there may post there, and as the room is spoken in. */
export function PostForm({ question, room, onDone }: { question: QuestionView; room: { id: string; name: string }; onDone: () => void }) {
  const { t } = useTranslation('questions');
  const { rooms = [] } = useRooms();
  const entered = rooms.filter(({ canEnter }) => canEnter);
  // The workshop's own may be newer than the list.
  const open = entered.some(({ id }) => id === room.id) ? entered : [room, ...entered];
  const [chosen, setChosen] = useState(room.id);
  const [text, setText] = useState(() => creditedText(question, { asked: (name) => t('post.asked', { name }), anonymous: t('post.anonymous'), answered: (name) => t('post.answered', { name }), live: t('post.live') }));
  const submit = () => {
    sendMessage({ roomId: chosen, threadId: null }, { text: text.trim(), replyTo: null, people: [], mentions: { memberIds: [], room: false, tierKeys: [] } });
    onDone();
  };
  return (
    <Stack gap="sm">
      <NativeSelect label={t('post.room')} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)} data={open.map(({ id, name }) => ({ value: id, label: name }))} />
      <Textarea autosize minRows={5} maxRows={14} data-autofocus label={t('post.text')} maxLength={limits.messageLength} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Group justify="flex-end"><Button disabled={text.trim() === '' || !open.some(({ id }) => id === chosen)} onClick={submit}>{t('post.send')}</Button></Group>
    </Stack>
  );
}
