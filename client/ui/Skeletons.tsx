import { Skeleton } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './styles/Skeletons.module.css';

/** Waits 300 ms before it shows anything: what comes at once should not flicker. */
function Late({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t('loading')}>
      {late && children}
    </div>
  );
}

function times(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Stands in for a conversation. */
export function MessagesSkeleton({ count = 6 }: { count?: number }) {
  return (
    <Late>
      <div className={styles['messages']}>
        {times(count).map((index) => (
          <div key={index} className={styles['message']}>
            <Skeleton w={36} h={36} radius={10} />
            <div className={styles['lines']}>
              <Skeleton h={12} w={120} />
              <Skeleton h={12} w={index % 2 === 0 ? '70%' : '45%'} />
            </div>
          </div>
        ))}
      </div>
    </Late>
  );
}

/** Stands in for a list of rows or a table. */
export function RowsSkeleton({ count = 5, height = 44 }: { count?: number; height?: number }) {
  return (
    <Late>
      <div className={styles['rows']}>
        {times(count).map((index) => (
          <Skeleton key={index} h={height} />
        ))}
      </div>
    </Late>
  );
}

/** Stands in for cards side by side. */
export function CardsSkeleton({ count = 3, height = 180 }: { count?: number; height?: number }) {
  return (
    <Late>
      <div className={styles['cards']}>
        {times(count).map((index) => (
          <Skeleton key={index} h={height} radius="lg" />
        ))}
      </div>
    </Late>
  );
}

/** Stands in for a whole page: a title and some rows. */
export function PageSkeleton() {
  return (
    <Late>
      <div className={styles['page']}>
        <Skeleton h={28} w={240} />
        <Skeleton h={14} w="60%" />
        <Skeleton h={160} radius="lg" />
        <Skeleton h={160} radius="lg" />
      </div>
    </Late>
  );
}
