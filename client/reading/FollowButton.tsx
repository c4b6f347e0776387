import { Button, Tooltip } from '@mantine/core';
import { IconBell, IconBellPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { followThread } from './marks.js';
import { useReadState } from './useReading.js';

/** Follows the thread, or follows it no more. It shows how it stands; where that cannot be changed now it stays so. */
export function FollowButton({ roomId, threadId }: { roomId: string; threadId: string }) {
  const { t } = useTranslation('reading');
  const state = useReadState({ roomId, threadId });
  if (state === null) return null;
  const { isFollowed } = state;
  return (
    <Tooltip label={isFollowed ? t('followHint') : t('unfollowHint')}>
      <Button
        size="xs"
        variant={isFollowed ? 'light' : 'default'}
        aria-pressed={isFollowed}
        leftSection={isFollowed ? <IconBell size={15} /> : <IconBellPlus size={15} />}
        onClick={() => void followThread({ roomId, threadId }, !isFollowed).catch(() => undefined)}
      >
        {isFollowed ? t('following') : t('follow')}
      </Button>
    </Tooltip>
  );
}
