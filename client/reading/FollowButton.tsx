import { Button } from '@mantine/core';
import { IconBell, IconBellPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { followThread } from './marks.js';
import { TryTooltip } from './TryTooltip.js';
import { useAttempt } from './useAttempt.js';
import { useReadState } from './useReading.js';

/** Follows the thread, or follows it no more. It shows how it stands; where that cannot be changed now it stays so, and says why. */
export function FollowButton({ roomId, threadId }: { roomId: string; threadId: string }) {
  const { t } = useTranslation('reading');
  const state = useReadState({ roomId, threadId });
  const { problem, attempt, forget } = useAttempt();
  if (state === null) return null;
  const { isFollowed } = state;
  return (
    <TryTooltip label={isFollowed ? t('followHint') : t('unfollowHint')} problem={problem}>
      <Button
        size="xs"
        variant={isFollowed ? 'light' : 'default'}
        aria-pressed={isFollowed}
        leftSection={isFollowed ? <IconBell size={15} /> : <IconBellPlus size={15} />}
        onClick={() => attempt(() => followThread({ roomId, threadId }, !isFollowed))}
        onBlur={forget}
      >
        {isFollowed ? t('following') : t('follow')}
      </Button>
    </TryTooltip>
  );
}
