import { useState } from 'react';
import { presence } from '../../shared/contracts/presence.js';
import type { Status } from '../../shared/roles.js';
import { rememberMe, session } from '../api/session.js';
import { call } from '../api/socket.js';

/** Says how one stands. `error` is why the last try failed; then it is as it was. */
export function useStatus(): { choose: (status: Status) => void; error: unknown } {
  const [error, setError] = useState<unknown>(null);
  const choose = (status: Status): void => {
    call(presence.setStatus, { status }).then(
      (set) => {
        setError(null);
        const { me } = session.get();
        if (me !== null) rememberMe({ ...me, status: set.status });
      },
      (reason: unknown) => setError(reason),
    );
  };
  return { choose, error };
}
