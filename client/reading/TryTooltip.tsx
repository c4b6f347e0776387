import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

/** What a button does or, for as long as it is looked at, why it could not be done just now. */
export function TryTooltip({ label, problem, children }: { label: string; problem: string | null; children: ReactElement }) {
  return (
    <>
      <Tooltip label={problem ?? label} multiline maw={280} {...(problem === null ? {} : { opened: true })}>
        {children}
      </Tooltip>
      <span role="alert" className="unseen">
        {problem}
      </span>
    </>
  );
}
