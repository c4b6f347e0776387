/** Attendance in words: stretches, spans and shares. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PresenceInterval } from '../../shared/contracts/attendance/attendance.js';
import { useFormat } from '../ui/format.js';

export interface AttendanceWords {
  /** `18:02 – 18:40, 18:51 – now`; nothing where the stretches are no longer kept. */
  stretches(intervals: readonly PresenceInterval[]): string;
  /** `38 min`, and below a minute `40 s`. */
  span(seconds: number): string;
  /** `82 %`. */
  share(percent: number): string;
}

/** The words in the member's language. */
export function useAttendanceWords(): AttendanceWords {
  const { t } = useTranslation('attendance');
  const format = useFormat();
  return useMemo(
    () => ({
      stretches: (intervals) => intervals.map(({ joinedAt, leftAt }) => t('stretch', { from: format.time(joinedAt), to: leftAt ? format.time(leftAt) : t('now') })).join(t('between')),
      span: (seconds) => (seconds < 60 ? t('seconds', { count: seconds }) : t('minutes', { count: Math.floor(seconds / 60) })),
      share: (percent) => t('share', { percent }),
    }),
    [t, format],
  );
}
