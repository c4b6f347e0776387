import { useState } from 'react';
import type { MeView } from '../../../shared/contracts/members.js';
import { MeButton } from './MeButton.js';

const loadActions = async () => (await import('./MeActions.js')).MeActions;

/** Me, at the foot of the rail, with what concerns only me: a menu that is loaded when somebody is about to open it. */
export function MeMenu({ me }: { me: MeView }) {
  const [loaded, setLoaded] = useState<{ Actions: Awaited<ReturnType<typeof loadActions>> } | null>(null);
  if (loaded !== null) return <loaded.Actions me={me} />;
  const open = async (): Promise<void> => {
    try {
      setLoaded({ Actions: await loadActions() });
    } catch {
      // Offline it cannot be loaded; the connection pill already says so, and the next press tries again.
    }
  };
  // What cannot be loaded ahead is loaded when the button is pressed.
  const loadAhead = (): void => void loadActions().catch(() => undefined);
  return <MeButton me={me} aria-haspopup="menu" aria-expanded={false} onPointerEnter={loadAhead} onFocus={loadAhead} onClick={() => void open()} />;
}
